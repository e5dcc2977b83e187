package com.vibnai.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All series of a run; written after each part, so that an interrupted run keeps what it has. */
final class Results {

    private final Path file;
    private final JsonObject environment;
    private final List<Series> series = new ArrayList<>();

    Results(Path file, JsonObject environment) {
        this.file = file;
        this.environment = environment;
    }

    Series add(Series one) {
        series.add(one);
        return one;
    }

    void write() throws IOException {
        JsonArray all = new JsonArray();
        series.forEach(one -> all.add(one.json()));
        Files.writeString(
                file,
                new JsonObject()
                                .put("environment", environment)
                                .put("series", all)
                                .encodePrettily()
                        + "\n");
    }
}
