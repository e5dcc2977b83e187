package com.vibnai.attribution.firsttouch;

import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** A row of {@code attributions}, to read. Rows are written by {@link SignupWriter} alone. */
@Entity
@Immutable
@NullUnmarked
@Table(name = "attributions")
class AttributionEntity {

    @Id
    @Column(name = "user_id")
    String userId;

    @Column(name = "utm_source")
    String utmSource;

    @Column(name = "utm_medium")
    String utmMedium;

    @Column(name = "utm_campaign")
    String utmCampaign;

    @Column(name = "utm_term")
    String utmTerm;

    @Column(name = "utm_content")
    String utmContent;

    @Column(name = "utm_id")
    String utmId;

    @Column(name = "utm_source_platform")
    String utmSourcePlatform;

    @Formula("cast(click_ids as text)")
    String clickIds;

    String referrer;

    @Column(name = "landing_page")
    String landingPage;

    @Column(name = "first_seen_at")
    Instant firstSeenAt;

    @Formula("cast(last_touch as text)")
    String lastTouch;

    String trust;

    String source;

    @Column(name = "signed_up_at")
    Instant signedUpAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Formula("cast(replaced_touch as text)")
    String replacedTouch;

    @Column(name = "replaced_at")
    Instant replacedAt;

    @Column(name = "replaced_because")
    String replacedBecause;

    AttributionResponse toResponse() {
        Touch first = new Touch(
                new Campaign(utmSource, utmMedium, utmCampaign, utmTerm, utmContent, utmId, utmSourcePlatform),
                TouchJson.clickIds(new JsonObject(clickIds)),
                referrer,
                landingPage,
                firstSeenAt);
        return response(
                userId,
                first,
                json(lastTouch),
                trust,
                source,
                signedUpAt,
                createdAt,
                json(replacedTouch),
                replacedAt,
                replacedBecause);
    }

    private static JsonObject json(String text) {
        return text == null ? null : new JsonObject(text);
    }

    static AttributionResponse response(
            String userId,
            Touch first,
            @Nullable JsonObject last,
            String trust,
            String source,
            Instant signedUpAt,
            Instant createdAt,
            @Nullable JsonObject replaced,
            @Nullable Instant replacedAt,
            @Nullable String replacedBecause) {
        Touch lastTouch = TouchJson.read(last);
        Touch replacedTouch = TouchJson.read(replaced);
        return new AttributionResponse(
                userId,
                TouchResponse.of(first),
                lastTouch == null ? null : TouchResponse.of(lastTouch),
                trust,
                source,
                signedUpAt,
                createdAt,
                replacedTouch == null
                        ? null
                        : new AttributionResponse.Replaced(
                                TouchResponse.of(replacedTouch), replacedAt, replacedBecause));
    }
}
