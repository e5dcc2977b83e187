package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.attribution.channel.Classifier;
import com.vibnai.attribution.identity.Link;
import com.vibnai.attribution.identity.SessionKey;
import com.vibnai.attribution.touch.CleanText;
import com.vibnai.attribution.touch.ExternalReferrer;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchFields;
import com.vibnai.attribution.touch.TouchReader;
import com.vibnai.attribution.touch.TouchRules;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what was sent into what is stored. Whatever it changes, it says in the signup's adjustments. */
@Singleton
class SignupReader {

    private static final String COOKIE = "attribution_cookie";

    private final TouchRules rules;
    private final Classifier channels;
    private final ObjectMapper json;

    SignupReader(TouchRules rules, Classifier channels, ObjectMapper json) {
        this.rules = rules;
        this.channels = channels;
        this.json = json;
    }

    /** The signup of a valid request. */
    Signup read(SignupRequest request, Sender sender, @Nullable String refererHeader, Instant received) {
        Instant now = received.truncatedTo(ChronoUnit.MICROS);
        // Never cleaned, only refused: two ids must not become one.
        String userId = Objects.requireNonNull(request.userId);
        Instant signedUpAt = signedUpAt(request, sender, now);
        TouchReader reader = rules.reader(now, signedUpAt, request.sentAt == null ? null : request.sentAt.toInstant());
        saySignedUpAt(request, sender, signedUpAt, reader);
        Touch touch = reader.read(request, "");
        Source source = source(request, sender);
        AttributionCookie cookie = cookie(request, reader);
        Touch ofCookie = touch(cookie == null ? null : cookie.first(), COOKIE + ".first.", reader);
        if (ofCookie != null && touch.direct() && (touch.isEmpty() || !ofCookie.direct())) {
            touch = ofCookie;
            source = Source.COOKIE;
        } else if (sender.isServer()) {
            touch = withReferer(touch, refererHeader, reader);
        }
        Touch last = request.lastTouch != null
                ? reader.read(request.lastTouch, "last_touch.")
                : touch(cookie == null ? null : cookie.last(), COOKIE + ".last.", reader);
        return new Signup(
                userId,
                touch,
                channels.classify(touch),
                last,
                channels.classifyNullable(last),
                sender.trust(),
                source,
                sender.name(),
                signedUpAt,
                link(request, userId, touch, signedUpAt),
                reader.adjustments());
    }

    /** Only a server may say that it has it from Umami. */
    private static Source source(SignupRequest request, Sender sender) {
        boolean umami = sender.isServer() && Source.UMAMI.label().equals(request.source);
        return umami ? Source.UMAMI : sender.source();
    }

    private @Nullable AttributionCookie cookie(SignupRequest request, TouchReader reader) {
        if (request.attributionCookie == null || request.attributionCookie.isNull()) {
            return null;
        }
        AttributionCookie cookie = AttributionCookie.read(request.attributionCookie, json);
        if (cookie == null) {
            reader.adjusted(COOKIE, "ignored: it is not the tracker's cookie");
        }
        return cookie;
    }

    private static @Nullable Touch touch(@Nullable TouchFields fields, String prefix, TouchReader reader) {
        return fields == null ? null : reader.read(fields, prefix);
    }

    /**
     * A server that passes its visitor's Referer on knows more than nothing. Only a touch that is direct otherwise takes
     * it: to a campaign it would add the field of another request.
     */
    private Touch withReferer(Touch touch, @Nullable String referer, TouchReader reader) {
        ExternalReferrer referrers = rules.referrers();
        boolean helps = touch.direct()
                && touch.referrer() == null
                && touch.landingPage() != null
                && referrers.is(referer, touch.landingPage());
        if (!helps) {
            return touch;
        }
        reader.adjusted("referrer", "taken from the Referer header");
        String kept = CleanText.of(referer, TouchFields.LONGEST_URL, what -> reader.adjusted("referrer", what));
        return Touch.of(touch.campaign(), touch.clickIds(), kept, touch.landingPage(), touch.firstSeenAt(), referrers);
    }

    /** Only a server may date a signup back; nobody into the future, or to before there were signups. */
    private static Instant signedUpAt(SignupRequest request, Sender sender, Instant now) {
        if (request.signedUpAt == null || !sender.isServer()) {
            return now;
        }
        Instant given = request.signedUpAt.toInstant();
        if (given.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return given.isAfter(now) ? now : given.truncatedTo(ChronoUnit.MICROS);
    }

    private static void saySignedUpAt(SignupRequest request, Sender sender, Instant used, TouchReader reader) {
        if (request.signedUpAt == null) {
            return;
        }
        Instant given = request.signedUpAt.toInstant();
        if (!sender.isServer()) {
            reader.adjusted("signed_up_at", "ignored: only a server key may date a signup back");
        } else if (given.isAfter(used) && !given.truncatedTo(ChronoUnit.MICROS).equals(used)) {
            reader.adjusted("signed_up_at", "moved back to now: it was in the future");
        } else if (given.isBefore(used)) {
            reader.adjusted("signed_up_at", "moved to 1970: it was earlier");
        }
    }

    private static @Nullable Link link(SignupRequest request, String userId, Touch touch, Instant signedUpAt) {
        if (request.umami == null) {
            return null;
        }
        return new Link(
                UUID.randomUUID(),
                userId,
                new SessionKey(
                        Objects.requireNonNull(request.umami.websiteId),
                        Objects.requireNonNull(request.umami.sessionId)),
                request.umami.visitId,
                request.umami.kind,
                touch.firstSeenAt(),
                signedUpAt);
    }
}
