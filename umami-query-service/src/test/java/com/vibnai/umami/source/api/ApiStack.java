package com.vibnai.umami.source.api;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.testkit.umami.UmamiStandIn;
import com.vibnai.testkit.umami.api.ApiOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A Umami that is only reached by its REST API. */
public final class ApiStack implements QuarkusTestResourceLifecycleManager {

    private static TestDatabase database;
    private static UmamiStandIn umami;

    @Override
    public Map<String, String> start() {
        database = TestPostgres.shared().createDatabase("umami_api");
        UmamiSchema.V3_1.create(database);
        umami = UmamiStandIn.start(UmamiStandIn.Options.on(database.jdbcUrl()).with(ApiOptions.fresh()));
        return Map.of(
                "umami.source",
                "api",
                "umami.api.url",
                umami.url() + "/api",
                "umami.api.username",
                "admin",
                "umami.api.password",
                "umami",
                "umami.api.calls",
                "10000");
    }

    @Override
    public void stop() {
        umami.close();
        database.close();
    }

    /** Where its rows are, for tests that write some. */
    static TestDatabase database() {
        return database;
    }

    static UmamiStandIn umami() {
        return umami;
    }
}
