package com.vibnai.attribution.identity;

import static com.vibnai.attribution.Api.link;
import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.reader;
import static com.vibnai.attribution.Api.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class LinkTest {

    private final String website = UUID.randomUUID().toString();

    private Map<String, String> body(String user, String session, String kind, String from, String at) {
        return Map.of(
                "user_id", user,
                "website_id", website,
                "session_id", session,
                "kind", kind,
                "from", from,
                "occurred_at", at);
    }

    @Test
    void answersNoSegmentsForAUserWithoutLinks() {
        segments(newUser()).statusCode(200).body("items", empty()).body("next_cursor", nullValue());
    }

    @Test
    void storesALinkThatIsSentTwiceOnce() {
        String user = newUser();
        Map<String, String> body =
                body(user, UUID.randomUUID().toString(), "identified", "2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z");

        link(body).statusCode(201).body("created", equalTo(true));
        link(body).statusCode(200).body("created", equalTo(false));

        segments(user)
                .body("items", hasSize(1))
                .body("items[0].from", nullValue())
                .body("items[0].until", nullValue())
                .body("items[0].kind", equalTo("identified"));
    }

    @Test
    void dividesASharedSessionBetweenTwoUsers() {
        String ada = newUser();
        String bob = newUser();
        String session = UUID.randomUUID().toString();
        link(body(ada, session, "before_login", "2026-11-01T10:00:00Z", "2026-11-01T10:10:00Z"));
        link(body(bob, session, "before_login", "2026-11-01T10:05:00Z", "2026-11-01T10:20:00Z"));

        segments(ada)
                .body("items", hasSize(1))
                .body("items[0].from", equalTo("2026-11-01T09:59:55Z"))
                .body("items[0].until", equalTo("2026-11-01T10:10:05Z"))
                .body("items[0].shared", equalTo(true));
        segments(bob)
                .body("items", hasSize(1))
                .body("items[0].from", equalTo("2026-11-01T10:10:05Z"))
                .body("items[0].until", equalTo("2026-11-01T10:20:05Z"))
                .body("items[0].shared", equalTo(true));
    }

    @Test
    void givesASessionToWhoeverLoggedInLast() {
        String ada = newUser();
        String bob = newUser();
        String session = UUID.randomUUID().toString();
        link(body(ada, session, "session", "2026-11-01T10:00:00Z", "2026-11-01T10:10:00Z"));
        link(body(bob, session, "session", "2026-11-01T10:15:00Z", "2026-11-01T10:20:00Z"));
        link(body(ada, session, "session", "2026-11-01T10:15:00Z", "2026-11-01T10:30:00Z"));

        segments(ada)
                .body("items.from", contains("2026-11-01T10:00:00Z", "2026-11-01T10:30:00Z"))
                .body("items.until", contains("2026-11-01T10:20:00Z", null));
        segments(bob)
                .body("items.from", contains("2026-11-01T10:20:00Z"))
                .body("items.until", contains("2026-11-01T10:30:00Z"));
    }

    @Test
    void pagesThroughSessions() {
        String user = newUser();
        Set<String> sessions = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            String session = UUID.randomUUID().toString();
            sessions.add(session);
            link(body(user, session, "identified", "2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"));
        }

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var request = reader().queryParam("limit", 3);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/users/{id}/identity-links", user)
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("items.session_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(sessions);
    }

    @Test
    void refusesAKindThatDoesNotExist() {
        link(body(newUser(), UUID.randomUUID().toString(), "friend", "2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"))
                .statusCode(400)
                .body("errors[0].field", equalTo("kind"));
    }
}
