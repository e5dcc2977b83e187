package com.vibnai.attribution.acquisition;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.vibnai.attribution.platform.CsvText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A report as lines of CSV (RFC 4180): one for each period and group, period by period. Lines of a period are written when it is
 * over, so memory holds a period's figures at a time.
 */
final class AcquisitionCsv implements Sink {

    private static final ObjectWriter WRITER = new CsvMapper()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .writer(CsvSchema.emptySchema());

    private final AcquisitionQuery query;
    private final Periods periods;
    private final Groups groups;
    private final List<String> currencies;
    private final Map<Integer, Map<Integer, Map<Side, Figures>>> open = new TreeMap<>();

    AcquisitionCsv(AcquisitionQuery query, Periods periods, Groups groups, List<String> currencies) {
        this.query = query;
        this.periods = periods;
        this.groups = groups;
        this.currencies = currencies;
    }

    @Override
    public void signUp(Side side, int group, int period, int timeClass) {
        figures(side, group, period).signUp(timeClass);
    }

    @Override
    public void convert(Side side, int group, int period, Converted user) {
        figures(side, group, period).convert(user);
    }

    private Figures figures(Side side, int group, int period) {
        return open.computeIfAbsent(period, number -> new TreeMap<>())
                .computeIfAbsent(group, number -> new EnumMap<>(Side.class))
                .computeIfAbsent(side, of -> new Figures());
    }

    /** The line of column names. */
    String header() {
        List<Object> names = new ArrayList<>(List.of("period", query.by().label()));
        for (Side side : query.sides()) {
            String prefix = side.label() + "_";
            names.add(prefix + "signups");
            names.add(prefix + "converted_users");
            names.add(prefix + "conversions");
            names.add(prefix + "conversion_rate");
            names.add(prefix + "median_seconds_to_signup");
            names.add(prefix + "median_seconds_to_conversion");
            currencies.forEach(currency -> names.add(prefix + "revenue_" + currency));
        }
        return write(List.of(names));
    }

    /** The lines of periods that are over before this UTC day. */
    String finishedBefore(long day) {
        List<List<@Nullable Object>> lines = new ArrayList<>();
        open.entrySet().removeIf(period -> periods.isOver(period.getKey(), day) && lines.addAll(lines(period)));
        return write(lines);
    }

    /** The lines that are left. */
    String rest() {
        return write(open.entrySet().stream()
                .flatMap(period -> lines(period).stream())
                .toList());
    }

    private List<List<@Nullable Object>> lines(Map.Entry<Integer, Map<Integer, Map<Side, Figures>>> period) {
        return period.getValue().entrySet().stream()
                .sorted(Comparator.comparing(
                        group -> groups.value(group.getKey()).get(0), Comparator.nullsLast(Comparator.naturalOrder())))
                .map(group -> line(period.getKey(), group.getKey(), group.getValue()))
                .toList();
    }

    private List<@Nullable Object> line(int period, int group, Map<Side, Figures> figures) {
        List<@Nullable Object> line = new ArrayList<>();
        line.add(periods.labels().get(period).toString());
        line.add(CsvText.harmless(groups.value(group).get(0)));
        for (Side side : query.sides()) {
            FiguresResponse of = figures.getOrDefault(side, new Figures()).toResponse();
            line.add(of.signups());
            line.add(of.convertedUsers());
            line.add(of.conversions());
            line.add(of.conversionRate());
            line.add(of.medianSecondsToSignup());
            line.add(of.medianSecondsToConversion());
            Map<String, String> revenue = new TreeMap<>();
            of.revenue().forEach(sum -> revenue.put(sum.currency(), sum.value()));
            currencies.forEach(currency -> line.add(revenue.get(currency)));
        }
        return line;
    }

    private static String write(List<? extends List<? extends @Nullable Object>> lines) {
        StringWriter text = new StringWriter();
        try (SequenceWriter sequence = WRITER.writeValues(text)) {
            for (List<? extends @Nullable Object> line : lines) {
                // The writer leaves a null out, its comma included.
                sequence.write(
                        line.stream().map(value -> value == null ? "" : value).toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
