package com.vibnai.attribution;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A database of its own and one key of each kind, for every test of the running service. */
public final class AttributionStack implements QuarkusTestResourceLifecycleManager {

    public static final String SERVER_KEY = "sk_test_server";
    public static final String READ_KEY = "rk_test_read";
    public static final String ADMIN_KEY = "ak_test_admin";
    public static final String PUBLISHABLE_KEY = "pk_test_publishable";
    public static final String ORIGIN = "https://www.example.com";
    /** Of a page that reads. */
    public static final String CONSOLE = "https://console.example.com";

    public static final String SECRET = "a-signing-secret-of-32-characters";
    public static final String OLD_SECRET = "the-signing-secret-before-that-one";

    private TestDatabase database;

    @Override
    public Map<String, String> start() {
        database = TestPostgres.shared().createDatabase("attribution");
        Map<String, String> settings = new HashMap<>(Map.of(
                "ATTRIBUTION_DB_URL",
                database.reactiveUrl() + "?user=" + database.user() + "&password=" + database.password(),
                "attribution.api-keys.server.digest",
                sha256(SERVER_KEY),
                "attribution.api-keys.server.scopes",
                "ingest",
                "attribution.api-keys.reader.digest",
                sha256(READ_KEY),
                "attribution.api-keys.reader.scopes",
                "read",
                "attribution.browser.publishable-keys",
                PUBLISHABLE_KEY,
                "attribution.browser.allowed-origins",
                ORIGIN,
                "attribution.browser.signing-secrets",
                SECRET + "," + OLD_SECRET));
        settings.put("attribution.api-keys.admin.digest", sha256(ADMIN_KEY));
        settings.put("attribution.api-keys.admin.scopes", "admin");
        settings.put("attribution.console.origins", CONSOLE);
        settings.put("attribution.first-touch.click-ids", "qclid,ob_click_id");
        settings.put("attribution.first-touch.intermediaries", "sso.example.net");
        // As many as FuzzTest sends at once.
        settings.put("attribution.bulk.imports", "8");
        settings.put("attribution.bulk.exports", "8");
        settings.put("attribution.bulk.export-stall", "4s");
        settings.put("attribution.reports.concurrent", "8");
        // Its wrong keys would use up the address of every other test.
        settings.put("attribution.rate-limit.key", "0");
        settings.put("attribution.rate-limit.address", "0");
        return settings;
    }

    @Override
    public void stop() {
        database.close();
    }

    /** Hexadecimal SHA-256. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The signature that the application would make. */
    public static String sign(String secret, String userId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(userId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
