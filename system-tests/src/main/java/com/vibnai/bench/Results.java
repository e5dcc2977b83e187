package com.vibnai.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file of results, by part: what a run measures takes the place of that part's older figures, and each part says where,
 * when and with which command it was measured. Written after each part, so that an interrupted run keeps what it has.
 */
final class Results {

    private final Path file;
    private final List<String> order;
    private final JsonObject environment;
    private final List<Series> series = new ArrayList<>();

    /** @param order the parts as they are listed */
    Results(Path file, Collection<String> order, JsonObject environment) {
        this.file = file;
        this.order = List.copyOf(order);
        this.environment = environment;
    }

    Series add(Series one) {
        series.add(one);
        return one;
    }

    /** Ends a part: its figures are in the file. */
    void write(String part) throws IOException {
        JsonArray all = new JsonArray();
        series.forEach(one -> all.add(one.json()));
        series.clear();
        Map<String, JsonObject> parts = new HashMap<>();
        if (Files.exists(file)) {
            new JsonObject(Files.readString(file))
                    .getJsonArray("parts").stream()
                            .map(JsonObject.class::cast)
                            .forEach(older -> parts.put(older.getString("part"), older));
        }
        parts.put(
                part,
                new JsonObject()
                        .put("part", part)
                        .put("environment", environment)
                        .put("series", all));
        JsonArray written = new JsonArray();
        order.stream().map(parts::get).filter(Objects::nonNull).forEach(written::add);
        Files.writeString(file, new JsonObject().put("parts", written).encodePrettily() + "\n");
    }
}
