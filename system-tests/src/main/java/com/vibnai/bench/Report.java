package com.vibnai.bench;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Markdown tables of a results file, one a part. */
final class Report {

    private Report() {}

    /** @param plots the folder of the plots, as seen from where the Markdown goes */
    static String markdown(JsonObject results, String plots) {
        return results.getJsonArray("parts").stream()
                .map(JsonObject.class::cast)
                .map(part -> part(part, plots))
                .collect(Collectors.joining("\n"));
    }

    private static String part(JsonObject part, String plots) {
        JsonObject environment = part.getJsonObject("environment");
        return "### %s%n%nMeasured %s at commit %s: `%s` on %s, %d cores, %s.%n%n"
                        .formatted(
                                part.getString("part"),
                                environment.getString("measured_at"),
                                environment.getString("commit"),
                                environment.getString("command"),
                                environment.getString("cpu"),
                                environment.getInteger("cores"),
                                environment.getString("system"))
                + "| Figure | Median | Reference | Median of the reference | Ratio: median (lowest to highest) | Goal |\n"
                + "|---|---:|---|---:|---:|---|\n"
                + part.getJsonArray("series").stream()
                        .map(JsonObject.class::cast)
                        .map(Report::row)
                        .collect(Collectors.joining())
                + "%n![%2$s: ratios](%1$s%2$s.svg)%n".formatted(plots, part.getString("part"));
    }

    private static String row(JsonObject series) {
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s | %s | **%.2f** (%.2f to %.2f) | %s |%n",
                series.getString("name"),
                number(series.getDouble("value_median")),
                series.getString("unit"),
                series.getString("reference"),
                number(series.getDouble("reference_median")),
                series.getDouble("ratio_median"),
                series.getDouble("ratio_min"),
                series.getDouble("ratio_max"),
                goal(series));
    }

    private static String goal(JsonObject series) {
        Double goal = series.getDouble("goal");
        if (goal == null) {
            return "";
        }
        String bound = (series.getBoolean("higher_is_better") ? "at least " : "at most ")
                + String.format(Locale.ROOT, "%.2f", goal);
        return bound + (series.getBoolean("met") ? ", met" : ", **not met**");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
