package com.vibnai.umami;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Umami's database and a stand-in for attribution-service, for every test of the running service. */
public final class UmamiStack implements QuarkusTestResourceLifecycleManager {

    /** Origin of a page that reads. */
    public static final String CONSOLE = "https://console.example.com";

    public static final String READ_KEY = "rk_test_read";
    public static final String TOKEN_SECRET = "a secret for read tokens that is long enough";
    public static final String OLD_TOKEN_SECRET = "the one before that was replaced by it";
    public static final String INGEST_KEY = "sk_test_ingest";

    private static TestDatabase umami;
    private static UmamiRows site;
    private static AttributionStub attribution;

    @Override
    public Map<String, String> start() {
        umami = TestPostgres.shared().createDatabase("umami");
        UmamiSchema.V3_3.create(umami);
        site = new UmamiRows(umami);
        attribution = new AttributionStub();
        Map<String, String> settings = new HashMap<>(Map.of(
                "UMAMI_DB_URL",
                umami.reactiveUrl() + "?user=" + umami.user() + "&password=" + umami.password(),
                "umami.attribution.url",
                attribution.url(),
                "umami.attribution.api-key",
                AttributionStub.KEY,
                "READ_TOKEN_SECRET",
                TOKEN_SECRET + "," + OLD_TOKEN_SECRET,
                "umami.api-keys.reader.digest",
                sha256(READ_KEY),
                "umami.api-keys.reader.scopes",
                "read",
                "umami.api-keys.ingest.digest",
                sha256(INGEST_KEY),
                "umami.api-keys.ingest.scopes",
                "ingest"));
        // A slow machine must not make answers degraded.
        settings.put("com.vibnai.umami.identity.AttributionLinks/of/Timeout/value", "8000");
        settings.put("umami.console.origins", CONSOLE);
        settings.put("umami.query.statement-timeout", "20s");
        settings.put("umami.query.timeout", "40s");
        settings.put("umami.query.acquire-timeout", "20s");
        settings.put("umami.query.silence", "60s");
        return settings;
    }

    @Override
    public void stop() {
        attribution.close();
        umami.close();
    }

    /** Umami's database. */
    public static TestDatabase umami() {
        return umami;
    }

    /** A website that is there before the service starts. */
    public static UmamiRows site() {
        return site;
    }

    /** What attribution-service would answer. */
    public static AttributionStub attribution() {
        return attribution;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
