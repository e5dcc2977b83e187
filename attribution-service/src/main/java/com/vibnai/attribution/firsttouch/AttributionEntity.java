package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchJson;
import com.vibnai.attribution.touch.TouchResponse;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

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

    boolean direct;

    String channel;

    @Column(name = "channel_rule")
    String channelRule;

    @Column(name = "channel_ruleset")
    String channelRuleset;

    @Column(name = "last_channel")
    String lastChannel;

    @Column(name = "last_channel_rule")
    String lastChannelRule;

    @Column(name = "last_channel_ruleset")
    String lastChannelRuleset;

    String trust;

    String source;

    @Column(name = "recorded_by")
    String recordedBy;

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
                firstSeenAt,
                direct);
        return new AttributionResponse(
                userId,
                channel,
                channelRule,
                channelRuleset,
                TouchResponse.of(first),
                lastChannel,
                lastChannelRule,
                lastChannelRuleset,
                TouchResponse.ofNullable(TouchJson.read(json(lastTouch))),
                trust,
                source,
                recordedBy,
                signedUpAt,
                createdAt,
                ReplacedResponse.of(json(replacedTouch), replacedAt, replacedBecause));
    }

    private static JsonObject json(String text) {
        return text == null ? null : new JsonObject(text);
    }
}
