package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.identity.Link;
import com.vibnai.attribution.identity.SessionKey;
import com.vibnai.attribution.platform.security.Trust;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what was sent into what is stored. */
@ApplicationScoped
class SignupService {

    private final SignupWriter writer;
    private final InstantSource clock = InstantSource.system();

    SignupService(SignupWriter writer) {
        this.writer = writer;
    }

    Uni<SignupResponse> signUp(SignupRequest request, Trust trust, @Nullable String refererHeader) {
        Instant now = clock.instant();
        Duration difference = request.clockDifference(now);
        Touch first = request.toTouch(now, difference);
        Source source = trust == Trust.SERVER ? Source.SERVER : Source.BROWSER;
        Touch touch = source == Source.SERVER ? withReferer(first, refererHeader) : first;
        Touch last = request.lastTouch == null ? null : request.lastTouch.toTouch(now, difference);
        Instant signedUpAt = signedUpAt(request, trust, now);
        return writer.write(new Signup(
                Objects.requireNonNull(request.userId),
                touch,
                last,
                trust,
                source,
                signedUpAt,
                link(request, touch, signedUpAt)));
    }

    /**
     * A server that passes its visitor's Referer on knows more than nothing. Only a touch that is direct otherwise takes
     * it: to a campaign it would add the field of another request.
     */
    private static Touch withReferer(Touch touch, @Nullable String referer) {
        boolean helps = touch.isDirect()
                && touch.referrer() == null
                && touch.landingPage() != null
                && ExternalReferrer.is(referer, touch.landingPage());
        return helps
                ? new Touch(touch.campaign(), touch.clickIds(), referer, touch.landingPage(), touch.firstSeenAt())
                : touch;
    }

    /** Only a server may date a signup back; nobody into the future. */
    private static Instant signedUpAt(SignupRequest request, Trust trust, Instant now) {
        if (request.signedUpAt == null || trust != Trust.SERVER) {
            return now;
        }
        Instant given = request.signedUpAt.toInstant();
        return given.isAfter(now) ? now : given;
    }

    private static @Nullable Link link(SignupRequest request, Touch touch, Instant signedUpAt) {
        if (request.umami == null) {
            return null;
        }
        return new Link(
                UUID.randomUUID(),
                Objects.requireNonNull(request.userId),
                new SessionKey(
                        Objects.requireNonNull(request.umami.websiteId),
                        Objects.requireNonNull(request.umami.sessionId)),
                request.umami.visitId,
                request.umami.kind,
                touch.firstSeenAt(),
                signedUpAt);
    }
}
