package com.vibnai.attribution.journey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One user's way.
 *
 * @param signedUpAt null for a user without a record
 * @param channel of the first touch; null without a record, and while it is not classified
 * @param utmCampaign of the first touch
 * @param sessions the stretches that are the user's of the sessions that were asked for
 * @param conversions those that were asked for, earliest first, {@value JourneyRepository#CONVERSIONS} at most
 * @param truncated whether there are more conversions
 */
@Schema(name = "Journey")
@JsonInclude(JsonInclude.Include.ALWAYS)
record JourneyResponse(
        @Schema(examples = "user-42") String userId,

        @Schema(nullable = true, examples = "2026-11-24T09:30:00Z") @Nullable
        Instant signedUpAt,

        @Schema(nullable = true, examples = "Paid Search") @Nullable
        String channel,

        @Schema(nullable = true, examples = "spring-sale") @Nullable
        String utmCampaign,

        List<Stretch> sessions,
        List<Converted> conversions,
        boolean truncated) {

    /** A stretch of a session; null bounds are open, {@code until} is no longer in it. */
    @Schema(name = "JourneyStretch")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Stretch(
            UUID websiteId,
            UUID sessionId,
            @Schema(nullable = true) @Nullable Instant from,
            @Schema(nullable = true) @Nullable Instant until) {

        static Stretch from(JsonObject json) {
            return new Stretch(
                    UUID.fromString(json.getString("website_id")),
                    UUID.fromString(json.getString("session_id")),
                    time(json, "from"),
                    time(json, "until"));
        }
    }

    /** A conversion, without its money. */
    @Schema(name = "JourneyConversion")
    record Converted(
            @Schema(examples = "purchase") String name,
            @Schema(examples = "2026-11-24T12:00:00Z") Instant occurredAt) {

        static Converted from(JsonObject json) {
            return new Converted(
                    json.getString("name"),
                    OffsetDateTime.parse(json.getString("occurred_at")).toInstant());
        }
    }

    static JourneyResponse from(Row row) {
        List<Converted> conversions = all(row.getJsonArray("conversions"), Converted::from);
        boolean tooMany = conversions.size() > JourneyRepository.CONVERSIONS;
        OffsetDateTime signedUpAt = row.getOffsetDateTime("signed_up_at");
        return new JourneyResponse(
                row.getString("user_id"),
                signedUpAt == null ? null : signedUpAt.toInstant(),
                row.getString("channel"),
                row.getString("utm_campaign"),
                all(row.getJsonArray("sessions"), Stretch::from),
                tooMany ? conversions.subList(0, JourneyRepository.CONVERSIONS) : conversions,
                tooMany);
    }

    private static <T> List<T> all(JsonArray array, Function<JsonObject, T> from) {
        return array.stream().map(JsonObject.class::cast).map(from).toList();
    }

    private static @Nullable Instant time(JsonObject json, String name) {
        String text = json.getString(name);
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }
}
