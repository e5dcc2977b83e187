package com.vibnai.attribution.touch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A touch as stored. */
@Schema(name = "StoredTouch")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TouchResponse(
        @Schema(examples = "google") @Nullable String utmSource,
        @Schema(examples = "cpc") @Nullable String utmMedium,
        @Schema(examples = "spring-sale") @Nullable String utmCampaign,
        @Nullable String utmTerm,
        @Nullable String utmContent,
        @Nullable String utmId,
        @Nullable String utmSourcePlatform,
        @Schema(examples = "{\"gclid\":\"Cj0KCQ\"}") Map<String, String> clickIds,

        @Schema(examples = "https://www.google.com/") @Nullable
        String referrer,

        @Schema(examples = "https://www.example.com/?utm_source=google") @Nullable
        String landingPage,

        @Schema(examples = "2026-11-24T09:30:00Z") @Nullable Instant firstSeenAt,

        @Schema(description = "Nothing said where the visitor came from")
        boolean direct) {

    /** What is answered of a touch. */
    public static TouchResponse of(Touch touch) {
        Campaign campaign = touch.campaign();
        return new TouchResponse(
                campaign.source(),
                campaign.medium(),
                campaign.campaign(),
                campaign.term(),
                campaign.content(),
                campaign.id(),
                campaign.sourcePlatform(),
                touch.clickIds(),
                touch.referrer(),
                touch.landingPage(),
                touch.firstSeenAt(),
                touch.direct());
    }

    /** The same, of none. */
    public static @Nullable TouchResponse ofNullable(@Nullable Touch touch) {
        return touch == null ? null : of(touch);
    }
}
