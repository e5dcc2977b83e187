package com.vibnai.umami.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.identity.IdentityResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What Umami knows of a user's first touch.
 *
 * @param userId whose
 * @param firstTouch null if no event of the user from before the signup is there
 * @param identity how the sessions were found
 */
@Schema(name = "RecoveredFirstTouch")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FirstTouchResponse(
        String userId, @Schema(nullable = true) @Nullable Touch firstTouch, IdentityResponse identity) {

    /**
     * An arrival, in the words of attribution-service.
     *
     * @param clickIds by name
     * @param referrer only one that says where the visitor came from
     * @param direct whether nothing says where the visitor came from
     * @param source always umami
     * @param eventId the event it was read off
     */
    @Schema(name = "RecoveredTouch")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Touch(
            @Schema(examples = "google") @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String utmTerm,
            @Nullable String utmContent,
            @Nullable String utmId,
            @Schema(examples = "{\"gclid\":\"Cj0KCQ\"}") Map<String, String> clickIds,

            @Schema(examples = "https://www.google.com/") @Nullable
            String referrer,

            @Schema(examples = "https://www.example.com/?utm_source=google") @Nullable
            String landingPage,

            @Schema(examples = "2026-11-24T09:30:00Z") Instant firstSeenAt,
            boolean direct,
            @Schema(examples = "umami") String source,
            UUID websiteId,
            UUID sessionId,
            UUID eventId) {

        static Touch of(RecoveredTouch touch) {
            return new Touch(
                    touch.utm().get("utm_source"),
                    touch.utm().get("utm_medium"),
                    touch.utm().get("utm_campaign"),
                    touch.utm().get("utm_term"),
                    touch.utm().get("utm_content"),
                    touch.utm().get("utm_id"),
                    touch.clickIds(),
                    touch.referrer(),
                    touch.landingPage(),
                    touch.firstSeenAt(),
                    touch.isDirect(),
                    "umami",
                    touch.websiteId(),
                    touch.sessionId(),
                    touch.eventId());
        }
    }
}
