package com.vibnai.umami.firsttouch;

import com.vibnai.umami.follower.LeasedTask;
import com.vibnai.umami.identity.AttributionConfig;
import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.identity.IdentityService;
import com.vibnai.umami.platform.problem.ApiException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the signups of attribution-service and gives those with a direct first touch the one that Umami saw. The
 * rule there decides: a direct first touch gives way, once and whole. A signup is tried until it is old enough.
 */
@ApplicationScoped
class RecoveryTask implements LeasedTask {

    private static final String SETTLED = "settled_until";
    private static final Duration STRIDE = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int PAGE = 500;
    private static final int AT_ONCE = 4;

    private final RecoveryClient attribution;
    private final String bearer;
    private final IdentityService identities;
    private final FirstTouchService touches;
    private final Duration within;
    private final Counter recovered;
    private final Attempts attempts = new Attempts();

    RecoveryTask(
            @RestClient RecoveryClient attribution,
            AttributionConfig config,
            IdentityService identities,
            FirstTouchService touches,
            RecoveryConfig recovery,
            MeterRegistry metrics) {
        this.attribution = attribution;
        this.bearer = "Bearer " + config.apiKey();
        this.identities = identities;
        this.touches = touches;
        this.within = recovery.within();
        this.recovered = Counter.builder("umami.first.touch.recovered")
                .description("Direct first touches that gave way to one from Umami")
                .register(metrics);
    }

    @Override
    public String name() {
        return "first-touch";
    }

    @Override
    public Uni<Step> step(Map<String, Object> position) {
        Instant now = Instant.now();
        Instant old = now.minus(within);
        Object known = position.get(SETTLED);
        Instant from = known == null ? old : Instant.parse(known.toString());
        Instant stride = from.plus(STRIDE);
        boolean more = stride.isBefore(now);
        Instant to = more ? stride : now;
        Instant settled = to.isBefore(old) ? to : old;
        attempts.forgetBefore(old.minus(within));
        return page(from, to, now, null)
                .replaceWith(
                        () -> new Step(Map.of(SETTLED, (settled.isBefore(from) ? from : settled).toString()), more));
    }

    private Uni<Void> page(Instant from, Instant to, Instant now, @Nullable String cursor) {
        return attribution
                .signups(bearer, from.toString(), to.toString(), PAGE, cursor)
                .flatMap(page -> Multi.createFrom()
                        .iterable(page.items())
                        .filter(signup -> signup.firstTouch().direct()
                                && attempts.isDue(signup.userId(), signup.signedUpAt(), now))
                        .onItem()
                        .transformToUni(signup -> recover(signup.userId()))
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .flatMap(done -> page.nextCursor() == null
                                ? Uni.createFrom().voidItem()
                                : page(from, to, now, page.nextCursor())));
    }

    private Uni<Boolean> recover(String userId) {
        return identities
                .of(userId)
                .invoke(RecoveryTask::refuseHalfTheTruth)
                .flatMap(identity -> touches.of(identity).flatMap(touch -> touch.filter(found -> !found.isDirect())
                        .map(first -> give(userId, first, identity))
                        .orElseGet(() -> Uni.createFrom().item(false))))
                .invoke(upgraded -> recovered.increment(upgraded ? 1 : 0));
    }

    /** Without the links and the time of the signup a later visit could pass for the first touch. */
    private static void refuseHalfTheTruth(Identity identity) {
        if (identity.how().degraded()) {
            throw ApiException.unavailable("attribution-service does not answer.", RETRY);
        }
    }

    /** First and last touch together: the record that gives way is replaced as a whole. */
    private Uni<Boolean> give(String userId, RecoveredTouch first, Identity identity) {
        return touches.last(identity)
                .flatMap(last -> attribution.record(bearer, signup(userId, first, last.orElse(first))))
                .map(answer -> answer.outcome().equals("upgraded"))
                .onFailure(RecoveryClient.Erased.class)
                .recoverWithItem(false);
    }

    private static Map<String, Object> signup(String userId, RecoveredTouch first, RecoveredTouch last) {
        Map<String, Object> signup = fields(first);
        signup.put("user_id", userId);
        signup.put("source", "umami");
        signup.put("last_touch", fields(last));
        return signup;
    }

    private static Map<String, Object> fields(RecoveredTouch touch) {
        Map<String, Object> fields = new LinkedHashMap<>(touch.utm());
        fields.putAll(touch.clickIds());
        fields.put("first_seen_at", touch.firstSeenAt().toString());
        if (touch.referrer() != null) {
            fields.put("referrer", touch.referrer());
        }
        if (touch.landingPage() != null) {
            fields.put("landing_page", touch.landingPage());
        }
        return fields;
    }
}
