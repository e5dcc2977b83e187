package com.vibnai.tracker.firstparty;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.testkit.umami.UmamiStandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/** A stand-in for Umami with its database, and a scripted server in attribution-service's place. */
public final class FirstPartyStack implements QuarkusTestResourceLifecycleManager {

    static final int CALLS_A_MINUTE = 20;

    private static TestDatabase database;
    private static UmamiStandIn umami;
    private static UUID website;
    private static ScriptedServer attribution;

    @Override
    public Map<String, String> start() {
        database = TestPostgres.shared().createDatabase("umami");
        UmamiSchema.V3_1.create(database);
        website = UmamiSchema.addWebsite(database, "shop", "www.example.com");
        umami = UmamiStandIn.start(UmamiStandIn.Options.on(database.jdbcUrl()));
        attribution = new ScriptedServer();
        return Map.of(
                "tracker.umami-website-id", website.toString(),
                "tracker.publishable-key", "pk_testtesttest",
                "tracker.public-url", "https://t.example.com/",
                "tracker.proxy.umami-url", umami.url() + "/",
                "tracker.proxy.script-path", "/m/s.js",
                "tracker.proxy.collect-path", "/m/c",
                "tracker.proxy.attribution-url", attribution.url(),
                "tracker.proxy.timeout", "5s",
                "tracker.proxy.requests-per-minute", String.valueOf(CALLS_A_MINUTE));
    }

    @Override
    public void stop() {
        attribution.close();
        umami.close();
        database.close();
    }

    static UmamiStandIn umami() {
        return umami;
    }

    static UUID website() {
        return website;
    }

    static TestDatabase database() {
        return database;
    }
}
