package com.vibnai.testkit.generator;

import com.vibnai.testkit.generator.Catalogue.Device;
import com.vibnai.testkit.generator.Catalogue.Origin;
import com.vibnai.testkit.generator.Catalogue.Place;
import com.vibnai.testkit.generator.Generated.Link;
import com.vibnai.testkit.generator.Generated.User;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One person with one device: browses for some visits, perhaps logs in, and goes on. */
final class Visitor {

    private static final Duration BETWEEN_PAGES = Duration.ofSeconds(40);
    private static final Duration BETWEEN_VISITS = Duration.ofHours(40);
    private static final double SAME_VISIT = 0.88;
    private static final double CUSTOM = 0.10;
    private static final double PERFORMANCE = 0.03;
    /** An address that changes inside a single-page app leaves a session without a row. */
    private static final double NO_SESSION_ROW = 0.002;

    private final GeneratorSettings settings;
    private final Dialect dialect;
    private final Sink sink;
    private final Random random;
    private final long number;
    private final @Nullable String userId;
    private final Map<YearMonth, UUID> anonymous = new HashMap<>();
    private final Device device;
    private final Place place;
    private final List<Link> links = new ArrayList<>();
    private long sessions;

    private Instant now;
    private @Nullable UUID session;
    private @Nullable Instant sessionSince;
    private @Nullable UUID visit;
    private @Nullable Origin arrival;
    private @Nullable Instant signedUpAt;

    /**
     * {@code number}: another one for each visitor of all data, since Random has 48 bits of state and so repeats ids among
     * tens of millions. {@code shared}: the anonymous sessions of somebody behind the same address with the same browser, by
     * month.
     */
    Visitor(
            GeneratorSettings settings,
            Dialect dialect,
            Sink sink,
            Random random,
            long number,
            @Nullable String userId,
            Map<YearMonth, UUID> shared) {
        this.settings = settings;
        this.dialect = dialect;
        this.sink = sink;
        this.random = random;
        this.number = number;
        this.userId = userId;
        this.anonymous.putAll(shared);
        this.device = Catalogue.pick(Catalogue.DEVICES, random);
        this.place = Catalogue.pick(Catalogue.PLACES, random);
        this.now = settings.until()
                .minusMillis((long) (random.nextDouble() * settings.months() * Dialect.MONTH.toMillis()));
    }

    /** Writes at most {@code most} events; answers how many. */
    long browse(long most) {
        long planned = Math.min(most, length() + (userId == null ? 0 : length()));
        long login = userId == null ? Long.MAX_VALUE : 1 + random.nextLong(planned);
        long written = 0;
        arrive(Catalogue.origin(random));
        for (; written < planned && now.isBefore(settings.until()); written++) {
            if (written == login) {
                logIn();
            }
            step();
        }
        return written;
    }

    /** The user, if this visitor logged in. */
    Optional<User> user() {
        return signedUpAt == null || userId == null
                ? Optional.empty()
                : Optional.of(new User(userId, signedUpAt, List.copyOf(links)));
    }

    /** The anonymous sessions, for somebody to share. */
    Map<YearMonth, UUID> anonymousSessions() {
        return anonymous;
    }

    /** How many sessions are this visitor's and nobody's before. */
    long sessions() {
        return sessions;
    }

    private void arrive(Origin origin) {
        arrival = origin;
        visit = null;
    }

    private long length() {
        double mean = settings.eventsPerSession();
        return Math.max(1, Math.min(5000, Math.round(Math.exp(Math.log(mean) - 0.5 + random.nextGaussian()))));
    }

    private void step() {
        if (visit != null && random.nextDouble() > SAME_VISIT) {
            now = later(BETWEEN_VISITS);
            arrive(Catalogue.origin(random));
        }
        now = later(BETWEEN_PAGES);
        if (!now.isBefore(settings.until())) {
            now = settings.until().minusMillis(1);
        }
        enterSession();
        if (visit == null) {
            visit = id();
        }
        saveEvent();
    }

    private void enterSession() {
        UUID before = session;
        session = signedUpAt != null && userId != null && dialect.ownSessionAfterLogin()
                ? dialect.sessionOf(settings.website(), userId)
                : anonymousSession();
        if (session.equals(before)) {
            return;
        }
        visit = null;
        sessionSince = now;
        if (signedUpAt != null && userId != null) {
            identify();
        }
    }

    private UUID anonymousSession() {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        UUID known = anonymous.get(month);
        if (known != null) {
            return known;
        }
        UUID made = id();
        anonymous.put(month, made);
        saveSession(made, null);
        return made;
    }

    private void logIn() {
        signedUpAt = now;
        if (session != null && sessionSince != null) {
            link(session, dialect.ownSessionAfterLogin() ? "before_login" : "session", sessionSince);
            if (!dialect.ownSessionAfterLogin()) {
                saveUserId(session);
            }
        }
    }

    /** A session that is entered by somebody who is logged in. */
    private void identify() {
        UUID entered = Objects.requireNonNull(session);
        if (dialect.ownSessionAfterLogin()) {
            saveSession(entered, userId);
        }
        saveUserId(entered);
        link(entered, dialect.ownSessionAfterLogin() ? "identified" : "session", now);
    }

    private void link(UUID linked, String kind, Instant from) {
        links.add(new Link(String.valueOf(userId), settings.website(), linked, kind, from, now));
    }

    private void saveSession(UUID made, @Nullable String distinctId) {
        sessions++;
        if (distinctId == null && random.nextDouble() < NO_SESSION_ROW) {
            return;
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("session_id", made);
        row.put("website_id", settings.website());
        row.put("hostname", "www.example.com");
        row.put("browser", device.browser());
        row.put("os", device.os());
        row.put("device", device.device());
        row.put("screen", device.screen());
        row.put("language", place.language());
        row.put("country", place.country());
        row.put("region", place.region());
        row.put("city", place.city());
        row.put("distinct_id", distinctId);
        row.put("created_at", now);
        sink.row("session", row);
    }

    private void saveUserId(UUID of) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("session_data_id", id());
        data.put("website_id", settings.website());
        data.put("session_id", of);
        data.put("data_key", "userId");
        data.put("string_value", userId);
        data.put("data_type", 1);
        data.put("distinct_id", dialect.ownSessionAfterLogin() ? userId : null);
        data.put("created_at", now);
        sink.row("session_data", data);
        if (dialect.ownSessionAfterLogin()) {
            Map<String, @Nullable Object> seen = new LinkedHashMap<>();
            seen.put("website_id", settings.website());
            seen.put("session_id", of);
            seen.put("distinct_id", userId);
            seen.put("created_at", now);
            sink.row("session_link", seen);
        }
    }

    private void saveEvent() {
        double kind = arrival != null ? 1 : random.nextDouble();
        boolean custom = kind < CUSTOM;
        boolean performance = !custom && kind < CUSTOM + PERFORMANCE && dialect.knowsPerformance();
        String path = Catalogue.pick(signedUpAt == null ? Catalogue.SITE : Catalogue.APP, random);
        UUID event = id();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("event_id", event);
        row.put("website_id", settings.website());
        row.put("session_id", session);
        row.put("visit_id", visit);
        row.put("created_at", now);
        row.put("url_path", path);
        row.put("page_title", "Acme " + path);
        row.put("hostname", "www.example.com");
        row.put("event_type", custom ? 2 : performance ? 5 : 1);
        row.put("event_name", custom ? Catalogue.pick(Catalogue.EVENTS, random) : null);
        row.put("lcp", performance ? 800 + random.nextInt(3000) : null);
        if (arrival != null) {
            saveArrival(row, arrival);
            arrival = null;
        }
        sink.row("website_event", row);
        if (custom) {
            saveEventData(event);
        }
    }

    private void saveArrival(Map<String, @Nullable Object> row, Origin origin) {
        row.put("referrer_domain", origin.referrerDomain());
        if (origin.query() == null) {
            return;
        }
        String query =
                origin.query().endsWith("=") ? origin.query() + Long.toHexString(random.nextLong()) : origin.query();
        row.put("url_query", query);
        Arrays.stream(query.split("&", -1)).map(pair -> pair.split("=", 2)).forEach(pair -> row.put(pair[0], pair[1]));
    }

    private void saveEventData(UUID event) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("event_data_id", id());
        row.put("website_id", settings.website());
        row.put("website_event_id", event);
        row.put("data_key", "position");
        row.put("string_value", Integer.toString(random.nextInt(5)));
        row.put("data_type", 1);
        row.put("created_at", now);
        sink.row("event_data", row);
    }

    private Instant later(Duration mean) {
        return now.plusMillis(1 + (long) (-Math.log(1 - random.nextDouble()) * mean.toMillis()));
    }

    private UUID id() {
        // Version 4, variant 1.
        return new UUID(
                (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L,
                ((random.nextLong() ^ number) & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }
}
