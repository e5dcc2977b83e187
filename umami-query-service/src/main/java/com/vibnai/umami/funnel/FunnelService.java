package com.vibnai.umami.funnel;

import com.vibnai.umami.identity.Identity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's totals and milestones. */
@ApplicationScoped
public class FunnelService {

    private final FunnelRepository events;

    FunnelService(FunnelRepository events) {
        this.events = events;
    }

    /** The funnel of the user with this identity. */
    public Uni<FunnelResponse> of(String userId, Identity identity) {
        return identity.segments().isEmpty()
                ? Uni.createFrom().item(neverSeen(userId, identity))
                : events.totals(identity).map(row -> funnel(userId, identity, row));
    }

    private static FunnelResponse neverSeen(String userId, Identity identity) {
        return new FunnelResponse(
                userId,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                identity.signedUpAt(),
                null,
                identity.signedUpAt() == null ? null : 0L,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                identity.toResponse());
    }

    private static FunnelResponse funnel(String userId, Identity identity, Row row) {
        Instant first = instant(row, "first_at");
        return new FunnelResponse(
                userId,
                row.getInteger("sessions"),
                row.getInteger("visits"),
                row.getLong("pageviews"),
                row.getLong("events"),
                first,
                instant(row, "last_at"),
                row.getString("url_path") == null ? null : entry(row),
                identity.signedUpAt(),
                secondsToSignup(first, identity.signedUpAt()),
                identity.signedUpAt() == null ? null : row.getLong("before_signup"),
                Arrays.asList(row.getArrayOfStrings("devices")),
                Arrays.asList(row.getArrayOfStrings("browsers")),
                Arrays.asList(row.getArrayOfStrings("countries")),
                topPages(row),
                row.getBoolean("truncated"),
                identity.toResponse());
    }

    private static FunnelResponse.Entry entry(Row row) {
        return new FunnelResponse.Entry(
                row.getString("url_path"),
                row.getString("url_query"),
                row.getString("hostname"),
                row.getString("referrer_domain"),
                campaign(row, "utm_source"),
                campaign(row, "utm_medium"),
                campaign(row, "utm_campaign"),
                campaign(row, "utm_term"),
                campaign(row, "utm_content"));
    }

    private static @Nullable String campaign(Row row, String name) {
        String value = row.getString(name);
        return value == null ? QueryParameters.get(row.getString("url_query"), name) : value;
    }

    private static List<FunnelResponse.TopPage> topPages(Row row) {
        return ((JsonArray) row.getJson("top_pages"))
                .stream()
                        .map(JsonObject.class::cast)
                        .map(page -> new FunnelResponse.TopPage(page.getString("url_path"), page.getLong("pageviews")))
                        .toList();
    }

    /** Null for a signup that is older than anything Umami has of the user. */
    private static @Nullable Long secondsToSignup(@Nullable Instant first, @Nullable Instant signedUp) {
        if (first == null || signedUp == null || signedUp.isBefore(first)) {
            return null;
        }
        return Duration.between(first, signedUp).toSeconds();
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }
}
