package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.vibnai.attribution.platform.CsvText;
import com.vibnai.attribution.touch.TouchResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records as lines of CSV (RFC 4180). A value that a spreadsheet would take for a formula gets an apostrophe in front: campaign
 * parameters are written by strangers. NDJSON has the values as they are.
 */
final class AttributionCsv {

    private final Map<String, Function<AttributionResponse, @Nullable Object>> columns = new LinkedHashMap<>();
    private final ObjectWriter writer;
    private final ObjectMapper json;

    AttributionCsv(ObjectMapper json) {
        this.json = json;
        record("user_id", AttributionResponse::userId);
        record("signed_up_at", AttributionResponse::signedUpAt);
        record("channel", AttributionResponse::channel);
        record("channel_rule", AttributionResponse::channelRule);
        record("channel_ruleset", AttributionResponse::channelRuleset);
        touch("", AttributionResponse::firstTouch);
        record("last_channel", AttributionResponse::lastChannel);
        touch("last_", AttributionResponse::lastTouch);
        record("trust", AttributionResponse::trust);
        record("source", AttributionResponse::source);
        record("recorded_by", AttributionResponse::recordedBy);
        record("created_at", AttributionResponse::createdAt);
        record(
                "replaced_at",
                row -> row.replaced() == null ? null : row.replaced().at());
        record(
                "replaced_because",
                row -> row.replaced() == null ? null : row.replaced().because());
        this.writer = new CsvMapper().writer(CsvSchema.emptySchema());
    }

    /** The line of column names. */
    String header() {
        return write(Stream.<Object[]>of(columns.keySet().toArray()));
    }

    /** A line for each. */
    String lines(List<AttributionResponse> rows) {
        return write(rows.stream().map(this::values));
    }

    private Object[] values(AttributionResponse row) {
        return columns.values().stream()
                .map(column -> CsvText.harmless(column.apply(row)))
                .toArray();
    }

    private String write(Stream<Object[]> rows) {
        StringWriter text = new StringWriter();
        try (SequenceWriter sequence = writer.writeValues(text)) {
            for (Object[] row : rows.toList()) {
                sequence.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void record(String name, Function<AttributionResponse, @Nullable Object> value) {
        columns.put(name, value);
    }

    private void touch(String prefix, Function<AttributionResponse, @Nullable TouchResponse> touch) {
        column(prefix + "utm_source", touch, TouchResponse::utmSource);
        column(prefix + "utm_medium", touch, TouchResponse::utmMedium);
        column(prefix + "utm_campaign", touch, TouchResponse::utmCampaign);
        column(prefix + "utm_term", touch, TouchResponse::utmTerm);
        column(prefix + "utm_content", touch, TouchResponse::utmContent);
        column(prefix + "utm_id", touch, TouchResponse::utmId);
        column(prefix + "utm_source_platform", touch, TouchResponse::utmSourcePlatform);
        column(prefix + "click_ids", touch, this::clickIds);
        column(prefix + "referrer", touch, TouchResponse::referrer);
        column(prefix + "landing_page", touch, TouchResponse::landingPage);
        column(prefix + "first_seen_at", touch, TouchResponse::firstSeenAt);
        column(prefix + "direct", touch, TouchResponse::direct);
    }

    private void column(
            String name,
            Function<AttributionResponse, @Nullable TouchResponse> touch,
            Function<TouchResponse, @Nullable Object> value) {
        record(name, row -> {
            TouchResponse of = touch.apply(row);
            return of == null ? null : value.apply(of);
        });
    }

    private @Nullable String clickIds(TouchResponse touch) {
        try {
            return touch.clickIds().isEmpty() ? null : json.writeValueAsString(touch.clickIds());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
