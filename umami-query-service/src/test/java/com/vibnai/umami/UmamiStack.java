package com.vibnai.umami;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** Umami's database and a stand-in for attribution-service, for every test of the running service. */
public final class UmamiStack implements QuarkusTestResourceLifecycleManager {

    public static final String READ_KEY = "rk_test_read";
    public static final String INGEST_KEY = "sk_test_ingest";

    private static TestDatabase umami;
    private static AttributionStub attribution;

    @Override
    public Map<String, String> start() {
        umami = TestPostgres.shared().createDatabase("umami");
        UmamiSchema.V3_1.create(umami);
        attribution = new AttributionStub();
        return Map.of(
                "UMAMI_DB_URL",
                umami.reactiveUrl() + "?user=" + umami.user() + "&password=" + umami.password(),
                "umami.attribution.url",
                attribution.url(),
                "umami.attribution.api-key",
                AttributionStub.KEY,
                "umami.api-keys.reader.digest",
                sha256(READ_KEY),
                "umami.api-keys.reader.scopes",
                "read",
                "umami.api-keys.ingest.digest",
                sha256(INGEST_KEY),
                "umami.api-keys.ingest.scopes",
                "ingest");
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
