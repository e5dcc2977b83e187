package com.vibnai.umami.source.api;

import com.vibnai.umami.source.Segment;
import com.vibnai.umami.source.SourceDescription;
import io.quarkus.cache.CacheResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/** What is asked of the API, call by call. What does not change is kept for a while; failures are not. */
@ApplicationScoped
class ApiReader {

    /** Events of a session in one answer at most. */
    static final int PAGE = 500;

    private static final int WEBSITES = 100;
    private static final int SESSIONS = 200;
    private static final int EVENTS = 50;
    private static final long ALL_TIME = 0;

    private final ApiCalls calls;
    private final ApiConfig config;

    ApiReader(ApiCalls calls, ApiConfig config) {
        this.calls = calls;
        this.config = config;
    }

    /** A moment after now, whatever Umami's clock says. */
    static long end() {
        return Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
    }

    /** Device and beginning of a session; fails with {@link NoSuchElementException} for one without row or events. */
    @CacheResult(cacheName = "umami-api-sessions")
    Uni<UmamiApi.Session> session(UUID website, UUID session) {
        return calls.<UmamiApi.Session>call(
                        (umami, bearer, key) -> umami.session(bearer, key, website, session, ALL_TIME, end()))
                .onFailure(ApiFailure.class)
                .transform(failure -> new NoSuchElementException())
                .onItem()
                .ifNull()
                .failWith(NoSuchElementException::new);
    }

    /** The newest events of a session between two times, ends included. */
    Uni<List<UmamiApi.Activity>> activity(Segment of, long startAt, long endAt) {
        return calls.call((umami, bearer, key) ->
                        umami.activity(bearer, key, of.websiteId(), of.sessionId(), startAt, endAt))
                .onFailure(ApiFailure.class)
                .transform(failure -> ApiCalls.unavailable());
    }

    /** What the website's list says of an event; nothing if that list is too long to find it, or cannot be had. */
    Uni<Optional<UmamiApi.WebsiteEvent>> event(UUID website, Instant at, UUID event) {
        long time = at.toEpochMilli();
        return calls.call((umami, bearer, key) -> umami.events(bearer, key, website, time, time, EVENTS))
                .map(page -> page.data().stream()
                        .filter(found -> found.id().equals(event))
                        .findFirst())
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** Sessions with this distinct id that have events. */
    Uni<List<UmamiApi.Session>> sessions(UUID website, String distinctId) {
        return calls.call((umami, bearer, key) ->
                        umami.sessions(bearer, key, website, ALL_TIME, end(), distinctId, 1, SESSIONS))
                .map(UmamiApi.SessionPage::data)
                .onFailure(ApiFailure.class)
                .transform(failure -> ApiCalls.unavailable());
    }

    /** The websites to look in. */
    @CacheResult(cacheName = "umami-api-websites")
    Uni<List<SourceDescription.Website>> websites() {
        return calls.call((umami, bearer, key) -> umami.websites(bearer, key, 1, WEBSITES))
                .map(page -> page.data().stream()
                        .filter(site -> config.websites()
                                .map(some -> some.contains(site.id()))
                                .orElse(true))
                        .map(site -> new SourceDescription.Website(site.id(), site.name(), site.domain()))
                        .toList())
                .onFailure(ApiFailure.class)
                .transform(failure -> ApiCalls.unavailable());
    }
}
