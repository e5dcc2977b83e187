package com.vibnai.umami.firsttouch;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.umami.follower.AttributionStore;
import com.vibnai.umami.follower.LeasedTask;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = AttributionStore.class, restrictToAnnotatedClass = true)
class RecoveryTaskTest {

    @Inject
    RecoveryTask task;

    private final AttributionStore store = AttributionStore.running();
    private final UUID website = UUID.randomUUID();

    @BeforeEach
    void forgetEverything() {
        store.reset();
    }

    private LeasedTask.Step step(Map<String, Object> position) {
        return task.step(position).await().atMost(Duration.ofSeconds(60));
    }

    private String signUp(Instant at, boolean direct) {
        String user = "user-" + UUID.randomUUID();
        store.signups.put(
                user,
                new JsonObject()
                        .put("user_id", user)
                        .put("signed_up_at", at.toString())
                        .put("first_touch", new JsonObject().put("direct", direct)));
        return user;
    }

    /** The user's session, which began with this. */
    private void visited(String user, Instant at, String query) {
        UUID session = UUID.randomUUID();
        AttributionStore.umami().execute("""
                INSERT INTO website_event
                    (event_id, website_id, session_id, visit_id, created_at, url_path, url_query, hostname)
                VALUES (gen_random_uuid(), '%s', '%s', gen_random_uuid(), '%s', '/landing', '%s', 'www.example.com')
                """.formatted(website, session, at, query));
        store.segments.put(
                user,
                new JsonObject()
                        .put("website_id", website.toString())
                        .put("session_id", session.toString())
                        .put("kind", "before_login")
                        .put("shared", false));
    }

    private JsonObject touch(String user) {
        return store.signups.get(user).getJsonObject("first_touch");
    }

    @Test
    void givesADirectSignupTheTouchThatUmamiSaw() {
        Instant signedUp = Instant.now().minusSeconds(60);
        String direct = signUp(signedUp, true);
        String known = signUp(signedUp, false);
        String unseen = signUp(signedUp, true);
        visited(direct, signedUp.minusSeconds(300), "utm_source=twitter&gclid=G");
        visited(known, signedUp.minusSeconds(300), "utm_source=other");

        step(Map.of());

        assertThat(touch(direct).getString("utm_source")).isEqualTo("twitter");
        assertThat(touch(direct).getString("gclid")).isEqualTo("G");
        assertThat(touch(direct).getString("source")).isEqualTo("umami");
        assertThat(touch(direct).getJsonObject("last_touch").getString("utm_source"))
                .isEqualTo("twitter");
        assertThat(touch(direct).getString("landing_page"))
                .isEqualTo("https://www.example.com/landing?utm_source=twitter&gclid=G");
        assertThat(touch(known).getString("utm_source")).isNull();
        assertThat(touch(unseen).getBoolean("direct")).isTrue();
    }

    @Test
    void leavesADirectSignupWhoseSessionWasDirectToo() {
        Instant signedUp = Instant.now().minusSeconds(60);
        String user = signUp(signedUp, true);
        visited(user, signedUp.minusSeconds(300), "");

        step(Map.of());

        assertThat(touch(user).getBoolean("direct")).isTrue();
    }

    @Test
    void takesUpWhatWasSignedUpWhileNobodyLookedAndMovesOn() {
        Instant now = Instant.now();
        Instant start = now.minus(Duration.ofHours(5));
        String[] users = new String[8];
        for (int i = 0; i < users.length; i++) {
            Instant at = start.plus(Duration.ofMinutes(30L * i + 1));
            users[i] = signUp(at, true);
            visited(users[i], at.minusSeconds(300), "utm_source=s" + i);
        }

        Map<String, Object> position = Map.of("settled_until", start.toString());
        LeasedTask.Step step;
        do {
            step = step(position);
            position = step.position();
        } while (step.more());

        for (int i = 0; i < users.length; i++) {
            assertThat(touch(users[i]).getString("utm_source")).isEqualTo("s" + i);
        }
        Instant settled = Instant.parse(position.get("settled_until").toString());
        assertThat(settled)
                .isBetween(
                        now.minus(Duration.ofMinutes(16)),
                        now.minus(Duration.ofMinutes(14)).plusSeconds(60));
    }

    @Test
    void goesOnAfterAUserWhoWasErasedMeanwhile() {
        Instant signedUp = Instant.now().minusSeconds(60);
        String gone = signUp(signedUp, true);
        String other = signUp(signedUp, true);
        visited(gone, signedUp.minusSeconds(300), "utm_source=a");
        visited(other, signedUp.minusSeconds(300), "utm_source=b");
        store.erased.add(gone);

        step(Map.of());

        assertThat(touch(gone).getBoolean("direct")).isTrue();
        assertThat(touch(other).getString("utm_source")).isEqualTo("b");
    }

    @Test
    void triesYoungSignupsOftenAndOldOnesSeldom() {
        Attempts attempts = new Attempts();
        Instant signedUp = Instant.parse("2026-11-20T12:00:00Z");

        assertThat(attempts.isDue("u", signedUp, signedUp.plusSeconds(8))).isTrue();
        assertThat(attempts.isDue("u", signedUp, signedUp.plusSeconds(9))).isFalse();
        assertThat(attempts.isDue("u", signedUp, signedUp.plusSeconds(12))).isTrue();
        assertThat(attempts.isDue("u", signedUp, signedUp.plusSeconds(100))).isTrue();
        assertThat(attempts.isDue("u", signedUp, signedUp.plusSeconds(120))).isFalse();
        assertThat(attempts.isDue("v", signedUp, signedUp.plusSeconds(120))).isTrue();
    }
}
