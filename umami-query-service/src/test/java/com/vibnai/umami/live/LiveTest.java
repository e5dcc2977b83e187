package com.vibnai.umami.live;

import static com.vibnai.umami.Api.newUser;
import static com.vibnai.umami.Api.reader;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import com.vibnai.umami.History;
import com.vibnai.umami.UmamiStack;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@QuarkusTestResource(UmamiStack.class)
@TestProfile(LiveTest.Quick.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveTest {

    private static final int STREAMS = 202;

    /** The same stream, with less waiting and less room. */
    public static final class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "umami.live.shortest-interval", "50ms",
                    "umami.live.longest-interval", "300ms",
                    "umami.live.heartbeat", "200ms",
                    "umami.live.buffer", "256",
                    "umami.live.cut-grace", "100ms",
                    "umami.live.streams-per-key", Integer.toString(STREAMS));
        }
    }

    @TestHTTPResource
    URI base;

    @Inject
    MeterRegistry metrics;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    private final History history = new History();
    private final UUID visit = UUID.randomUUID();
    private final List<Stream> streams = new ArrayList<>();
    private final Instant now = Instant.now();

    @AfterEach
    void closeStreams() {
        UmamiStack.attribution().answer(200);
        streams.forEach(Stream::close);
        await(() -> gauge("umami.live.streams") == 0);
    }

    private Stream open(String user, String lastEventId) {
        Stream stream = Stream.open(base, user, lastEventId);
        streams.add(stream);
        return stream;
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited too long").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private UUID sessionOf(String user) {
        UUID session = history.session("laptop", "chrome", "DE");
        UmamiStack.attribution().segment(user, history.website, session, null, null, false);
        return session;
    }

    private void view(UUID session, double secondsFromNow, String path) {
        String at = now.plusMillis((long) (secondsFromNow * 1000)).toString();
        history.pageview(session, visit, at, path);
    }

    @Test
    void sendsWhatArrivesAfterItOpened() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        view(session, -60, "/before");
        view(session, -1, "/just-before");
        Stream stream = open(user, null);
        Stream.Message ready = stream.next("ready");

        view(session, 0, "/after");
        Stream.Message event = stream.next("trail");

        assertThat(ready.id()).isNotEmpty();
        assertThat(event.id()).isNotEmpty().isNotEqualTo(ready.id());
        assertThat(event.json().get("url_path").asText()).isEqualTo("/after");
        assertThat(event.json().get("type").asText()).isEqualTo("pageview");
        assertThat(event.json().get("device").asText()).isEqualTo("laptop");
        assertThat(event.json().get("session_id").asText()).isEqualTo(session.toString());
    }

    @Test
    void sendsRowsThatAppearLateOrAtTheSameTime() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        Stream stream = open(user, null);
        stream.next("ready");
        view(session, 0, "/a");
        assertThat(stream.paths(1)).containsExactly("/a");

        view(session, 0, "/same-time");
        assertThat(stream.paths(1)).containsExactly("/same-time");
        view(session, -5, "/late");
        assertThat(stream.paths(1)).containsExactly("/late");
        view(session, 1, "/last");

        assertThat(stream.paths(1)).containsExactly("/last");
    }

    @Test
    void goesOnAfterTheLastIdWithoutLossOrDoubling() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        view(session, -60, "/old");
        Stream first = open(user, null);
        first.next("ready");
        view(session, 0, "/seen");
        String lastId = first.next("trail").id();
        first.close();
        view(session, 0, "/missed-at-the-same-time");
        view(session, -5, "/missed-and-late");
        view(session, 1, "/missed");

        Stream second = open(user, lastId);
        second.next("ready");
        List<String> replayed = second.paths(3);
        view(session, 2, "/next");

        assertThat(replayed).containsExactlyInAnyOrder("/missed-at-the-same-time", "/missed-and-late", "/missed");
        assertThat(second.paths(1)).containsExactly("/next");
        assertThat(second.isEmpty()).isTrue();
    }

    @Test
    void saysWhenMoreHappenedThanItReplays() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        view(session, -60, "/old");
        Stream first = open(user, null);
        String lastId = first.next("ready").id();
        first.close();
        viewMany(session, 0, 200);

        Stream second = open(user, lastId);
        Stream.Message gap = second.next("gap");
        second.next("ready");
        view(session, 50, "/next");

        assertThat(gap.id()).isNotEqualTo(lastId);
        assertThat(second.paths(1)).containsExactly("/next");
    }

    @Test
    void picksUpSessionsThatBecomeTheUsersMeanwhile() throws Exception {
        String user = newUser();
        Stream stream = open(user, null);
        stream.next("ready");

        UUID session = sessionOf(user);
        view(session, 0, "/first-ever");
        assertThat(stream.paths(1)).containsExactly("/first-ever");
        UUID other = sessionOf(user);
        view(other, 1, "/on-another-device");

        assertThat(stream.paths(1)).containsExactly("/on-another-device");
    }

    @Test
    void servesTwoHundredListenersOfAUserByOnePoller() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        for (int i = 0; i < 200; i++) {
            open(user, null);
        }
        for (Stream stream : streams) {
            stream.next("ready");
        }

        double pollers = gauge("umami.live.pollers");
        double open = gauge("umami.live.streams");
        view(session, 0, "/for-all");

        for (Stream stream : streams) {
            assertThat(stream.paths(1)).containsExactly("/for-all");
        }
        assertThat(pollers).isEqualTo(1);
        assertThat(open).isEqualTo(200);
    }

    @Test
    void givesEachUserAPollerAndTakesItAwayWithTheLastListener() throws Exception {
        open(newUser(), null).next("ready");
        open(newUser(), null).next("ready");
        assertThat(gauge("umami.live.pollers")).isEqualTo(2);

        streams.get(0).close();

        await(() -> gauge("umami.live.pollers") == 1);
    }

    @Test
    void keepsTheConnectionAliveWithComments() throws Exception {
        Stream stream = open(newUser(), null);
        stream.next("ready");

        await(() -> stream.comments() >= 3);

        assertThat(stream.isEmpty()).isTrue();
    }

    @Test
    void staysOpenWhileNobodyAnswersAndMissesNothing() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        Stream stream = open(user, null);
        stream.next("ready");
        view(session, 0, "/a");
        stream.paths(1);

        UmamiStack.attribution().answer(503);
        stream.next("unavailable");
        view(session, 1, "/meanwhile");
        UmamiStack.attribution().answer(200);
        stream.next("ready");

        assertThat(stream.paths(1)).containsExactly("/meanwhile");
    }

    @Test
    void refusesMoreStreamsThanAKeyMayHave() throws Exception {
        String user = newUser();
        for (int i = 0; i < STREAMS; i++) {
            open(user, null);
        }
        for (Stream stream : streams) {
            stream.next("ready");
        }

        reader().get("/v1/users/{id}/live", user)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:vibn:problem:too-many-requests"));
    }

    @Test
    void refusesIdsThatAreNotItsOwnAndCallersWithoutAKey() {
        reader().header("Last-Event-ID", "17")
                .get("/v1/users/x/live")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem("Last-Event-ID"));
        given().get("/v1/users/x/live").then().statusCode(401);
        given().header("Authorization", "Bearer " + UmamiStack.INGEST_KEY)
                .get("/v1/users/x/live")
                .then()
                .statusCode(403);
    }

    @Test
    void cutsAListenerOffThatDoesNotReadAndServesTheOthers() throws Exception {
        String user = newUser();
        UUID session = sessionOf(user);
        double before = metrics.get("umami.live.cut").counter().count();
        try (Socket stuck = stuckListener(user)) {
            Stream other = open(user, null);
            other.next("ready");
            await(() -> gauge("umami.live.streams") == 2);

            int sent = 0;
            while (metrics.get("umami.live.cut").counter().count() == before) {
                assertThat(sent).as("events that a socket swallowed").isLessThan(40_000);
                viewMany(session, sent, 30);
                other.paths(30);
                sent += 30;
            }
            await(() -> gauge("umami.live.streams") == 1);
            view(session, sent, "/still-here");

            assertThat(other.paths(1)).containsExactly("/still-here");
            assertThat(stuck.isConnected()).isTrue();
        }
    }

    private void viewMany(UUID session, int first, int views) {
        UmamiStack.umami().execute("""
                INSERT INTO website_event (event_id, website_id, session_id, visit_id, created_at, url_path, url_query)
                SELECT gen_random_uuid(), '%s', '%s', '%s', timestamptz '%s' + n * interval '1 ms', '/' || n,
                       repeat('q', 480)
                FROM generate_series(%d, %d) AS n
                """.formatted(history.website, session, visit, now, first, first + views - 1));
    }

    private Socket stuckListener(String user) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        socket.getOutputStream()
                .write(("GET /v1/users/" + user + "/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                + UmamiStack.READ_KEY + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void endsAllStreamsWhenTheServiceGoesDown() throws Exception {
        Stream stream = open(newUser(), null);
        stream.next("ready");

        shutdown.fire(new ShutdownDelayInitiatedEvent());

        assertThat(stream.next("end").json().get("reason").asText()).isEqualTo("shutdown");
        stream.awaitEnd();
        reader().get("/v1/users/x/live").then().statusCode(503).header("Retry-After", notNullValue());
    }
}
