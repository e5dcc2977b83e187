package com.vibnai.umami.funnel;

import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.Totals;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user's totals and milestones. */
@ApplicationScoped
public class FunnelService {

    private final EventSource source;

    FunnelService(EventSource source) {
        this.source = source;
    }

    /** The funnel of the user with this identity. */
    public Uni<FunnelResponse> of(String userId, Identity identity) {
        Uni<Totals> totals = identity.segments().isEmpty()
                ? Uni.createFrom().item(Totals.none(identity.signedUpAt()))
                : source.totals(identity.segments(), identity.signedUpAt());
        return totals.map(counted -> funnel(userId, identity, counted));
    }

    private static FunnelResponse funnel(String userId, Identity identity, Totals totals) {
        return new FunnelResponse(
                userId,
                totals.sessions(),
                totals.visits(),
                totals.pageviews(),
                totals.events(),
                totals.firstAt(),
                totals.lastAt(),
                FunnelResponse.Entry.of(totals.entry()),
                identity.signedUpAt(),
                secondsToSignup(totals.firstAt(), identity.signedUpAt()),
                totals.pageviewsBeforeSignup(),
                totals.devices(),
                totals.browsers(),
                totals.countries(),
                totals.topPages().stream()
                        .map(page -> new FunnelResponse.TopPage(page.urlPath(), page.pageviews()))
                        .toList(),
                totals.truncated(),
                identity.how());
    }

    /** Null for a signup that is older than anything Umami has of the user. */
    private static @Nullable Long secondsToSignup(@Nullable Instant first, @Nullable Instant signedUp) {
        if (first == null || signedUp == null || signedUp.isBefore(first)) {
            return null;
        }
        return Duration.between(first, signedUp).toSeconds();
    }
}
