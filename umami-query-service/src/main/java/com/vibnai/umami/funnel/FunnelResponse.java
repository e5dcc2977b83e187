package com.vibnai.umami.funnel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.identity.IdentityResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
 * @param truncated whether there are more events than one answer counts, so that counts are lower bounds
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
     * @param referrerUrl the page that led here, as far as Umami has it
     * @param clickIds of the ad that was clicked, by name
     */
    @Schema(name = "Entry")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            Instant occurredAt,
            UUID websiteId,
            @Schema(examples = "/") String urlPath,
            @Nullable String urlQuery,
            @Nullable String pageTitle,
            @Nullable String hostname,
            @Nullable String referrerDomain,

            @Schema(examples = "https://www.google.com/") @Nullable
            String referrerUrl,

            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String utmTerm,
            @Nullable String utmContent,
            @Nullable String utmId,

            @Schema(examples = "{\"gclid\":\"Cj0KCQ\"}") Map<String, String> clickIds) {

        static @Nullable Entry of(com.vibnai.umami.source.@Nullable Entry entry) {
            return entry == null
                    ? null
                    : new Entry(
                            entry.occurredAt(),
                            entry.websiteId(),
                            entry.urlPath(),
                            entry.urlQuery(),
                            entry.pageTitle(),
                            entry.hostname(),
                            entry.referrerDomain(),
                            entry.referrerUrl(),
                            entry.utm().get("utm_source"),
                            entry.utm().get("utm_medium"),
                            entry.utm().get("utm_campaign"),
                            entry.utm().get("utm_term"),
                            entry.utm().get("utm_content"),
                            entry.utm().get("utm_id"),
                            entry.clickIds());
        }
    }

    /** A page and how often it was viewed. */
    @Schema(name = "TopPage")
    public record TopPage(String urlPath, long pageviews) {}
}
