package com.vibnai.umami.funnel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.identity.IdentityResponse;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user's totals and milestones. A user who was never seen has zeros and nulls.
 *
 * @param sessions Umami sessions with at least one event of the user
 * @param visits Umami visits: an hour, or thirty minutes of one page
 * @param pageviews page views
 * @param events custom events
 * @param entry the first event ever seen
 * @param signedUpAt when the user signed up, by attribution-service
 * @param secondsToSignup from the first event to the signup
 * @param pageviewsBeforeSignup page views before it; null when the signup is not known
 * @param topPages the most viewed, at most ten
 * @param truncated whether a session had more events than one answer may count
 * @param identity how the sessions were found
 */
@Schema(name = "Funnel")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FunnelResponse(
        String userId,
        int sessions,
        int visits,
        long pageviews,
        long events,
        @Nullable Instant firstInteractionAt,
        @Nullable Instant lastInteractionAt,
        @Nullable Entry entry,
        @Nullable Instant signedUpAt,
        @Nullable Long secondsToSignup,
        @Nullable Long pageviewsBeforeSignup,
        List<String> devices,
        List<String> browsers,
        List<String> countries,
        List<TopPage> topPages,
        boolean truncated,
        IdentityResponse identity) {

    /**
     * How the user's history begins.
     *
     * @param urlPath the first page
     * @param urlQuery its query, campaign parameters included
     */
    @Schema(name = "Entry")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            @Schema(examples = "/") String urlPath,
            @Nullable String urlQuery,
            @Nullable String hostname,
            @Nullable String referrerDomain,
            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String utmTerm,
            @Nullable String utmContent) {}

    /** A page and how often it was viewed. */
    @Schema(name = "TopPage")
    public record TopPage(String urlPath, long pageviews) {}
}
