package com.vibnai.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One figure and its reference, measured in alternation. The ratio of each round is what counts. */
final class Series {

    private final String name;
    private final String unit;
    private final String reference;
    private final @Nullable Double goal;
    private final boolean higherIsBetter;
    private final List<double[]> rounds = new ArrayList<>();
    private final JsonObject notes = new JsonObject();

    /**
     * @param reference what the figure is divided by; a figure with a bound of its own has none and is "1"
     * @param goal the ratio that has to be reached (or not exceeded), if there is one
     */
    Series(String name, String unit, String reference, @Nullable Double goal, boolean higherIsBetter) {
        this.name = name;
        this.unit = unit;
        this.reference = reference;
        this.goal = goal;
        this.higherIsBetter = higherIsBetter;
    }

    void add(double value, double referenceValue) {
        rounds.add(new double[] {value, referenceValue});
    }

    Series note(String key, Object value) {
        notes.put(key, value);
        return this;
    }

    /** Of the ratios. */
    double median() {
        return median(ratios());
    }

    double medianValue() {
        return median(column(0));
    }

    JsonObject json() {
        List<Double> ratios = ratios();
        double median = median(ratios);
        JsonObject json = new JsonObject()
                .put("name", name)
                .put("unit", unit)
                .put("reference", reference)
                .put("goal", goal)
                .put("higher_is_better", higherIsBetter)
                .put("ratio_median", median)
                .put("ratio_min", ratios.stream().mapToDouble(d -> d).min().orElse(Double.NaN))
                .put("ratio_max", ratios.stream().mapToDouble(d -> d).max().orElse(Double.NaN))
                .put("value_median", median(column(0)))
                .put("reference_median", median(column(1)))
                .put("notes", notes);
        if (goal != null) {
            json.put("met", higherIsBetter ? median >= goal : median <= goal);
        }
        JsonArray raw = new JsonArray();
        rounds.forEach(round -> raw.add(new JsonObject().put("value", round[0]).put("reference", round[1])));
        return json.put("rounds", raw);
    }

    private List<Double> ratios() {
        return rounds.stream().map(round -> round[0] / round[1]).toList();
    }

    private List<Double> column(int index) {
        return rounds.stream().map(round -> round[index]).toList();
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
