package com.vibnai.generations;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.Semantics;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.testkit.umami.UmamiStandIn;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Starts a stand-in for each Umami whose identify differs, in one embedded PostgreSQL; prints one line of JSON,
 * {@code {"3.1": {"url": …, "website": …}, …}}, and runs until its input ends.
 */
public final class UmamiGenerations {

    private record Generation(String version, UmamiSchema schema, Semantics semantics) {}

    private static final List<Generation> GENERATIONS = List.of(
            new Generation("2.17", UmamiSchema.V2_13, Semantics.V2_17),
            new Generation("2.18", UmamiSchema.V2_18, Semantics.V3_1),
            new Generation("3.1", UmamiSchema.V3_1, Semantics.V3_1),
            new Generation("3.3", UmamiSchema.V3_3, Semantics.V3_3),
            new Generation("3.5", UmamiSchema.V3_3, Semantics.V3_5));

    private UmamiGenerations() {}

    /** Runs; takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        JsonObject started = new JsonObject();
        List<UmamiStandIn> running = new ArrayList<>();
        try {
            for (Generation generation : GENERATIONS) {
                TestDatabase database = TestPostgres.shared().createDatabase("umami");
                generation.schema.create(database);
                UUID website = UmamiSchema.addWebsite(database, "Site", "localhost");
                UmamiStandIn umami = UmamiStandIn.start(
                        UmamiStandIn.Options.on(database.jdbcUrl()).with(generation.semantics));
                running.add(umami);
                started.put(
                        generation.version,
                        new JsonObject().put("url", umami.url()).put("website", website.toString()));
            }
            System.out.println(started.encode());
            while (System.in.read() >= 0) {
                // Whoever started this ends it by closing its input.
            }
        } finally {
            running.forEach(UmamiStandIn::close);
        }
        System.exit(0);
    }
}
