package com.vibnai.umami.source.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.vibnai.umami.source.Device;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The calls to Umami. Times are unix milliseconds, both ends included. One of the two headers is null. */
@RegisterRestClient(configKey = "umami-api")
@Path("/")
interface UmamiApi {

    /** Header of a key. */
    String KEY = "x-umami-api-key";

    @POST
    @Path("/auth/login")
    Uni<Token> login(Login login);

    @GET
    @Path("/websites")
    Uni<WebsitePage> websites(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String bearer,
            @HeaderParam(KEY) @Nullable String key,
            @QueryParam("page") int page,
            @QueryParam("pageSize") int pageSize);

    @GET
    @Path("/websites/{website}/sessions")
    Uni<SessionPage> sessions(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String bearer,
            @HeaderParam(KEY) @Nullable String key,
            @PathParam("website") UUID website,
            @QueryParam("startAt") long startAt,
            @QueryParam("endAt") long endAt,
            @QueryParam("distinctId") String distinctId,
            @QueryParam("page") int page,
            @QueryParam("pageSize") int pageSize);

    @GET
    @Path("/websites/{website}/sessions/{session}")
    Uni<@Nullable Session> session(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String bearer,
            @HeaderParam(KEY) @Nullable String key,
            @PathParam("website") UUID website,
            @PathParam("session") UUID session,
            @QueryParam("startAt") long startAt,
            @QueryParam("endAt") long endAt);

    @GET
    @Path("/websites/{website}/sessions/{session}/activity")
    Uni<List<Activity>> activity(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String bearer,
            @HeaderParam(KEY) @Nullable String key,
            @PathParam("website") UUID website,
            @PathParam("session") UUID session,
            @QueryParam("startAt") long startAt,
            @QueryParam("endAt") long endAt);

    @GET
    @Path("/websites/{website}/events")
    Uni<EventPage> events(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String bearer,
            @HeaderParam(KEY) @Nullable String key,
            @PathParam("website") UUID website,
            @QueryParam("startAt") long startAt,
            @QueryParam("endAt") long endAt,
            @QueryParam("pageSize") int pageSize);

    /** A login. */
    record Login(String username, String password) {}

    /** What a login gives. */
    record Token(String token) {}

    /** Websites of the account. */
    record WebsitePage(List<Website> data) {}

    /** A website. */
    record Website(UUID id, String name, @Nullable String domain) {}

    /** Sessions of an id. */
    record SessionPage(List<Session> data) {}

    /** A session, of which some numbers may come as text. */
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record Session(
            UUID id,
            @Nullable String browser,
            @Nullable String os,
            @Nullable String device,
            @Nullable String screen,
            @Nullable String language,
            @Nullable String country,
            @Nullable String region,
            @Nullable String city,
            Instant firstAt) {

        Device toDevice() {
            return new Device(device, browser, os, screen, language, country, region, city);
        }
    }

    /** An event of a session; {@code sessionId} is there in versions that answer for linked sessions, too. */
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record Activity(
            Instant createdAt,
            String urlPath,
            @Nullable String urlQuery,
            @Nullable String referrerDomain,
            UUID eventId,
            int eventType,
            @Nullable String eventName,
            UUID visitId,
            @Nullable String hostname,
            @Nullable Boolean hasData,
            @Nullable UUID sessionId) {}

    /** Events of a website. */
    record EventPage(List<WebsiteEvent> data) {}

    /** What a website's list has of an event and its session's activity does not. */
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record WebsiteEvent(
            UUID id,
            @Nullable String pageTitle,
            @Nullable String referrerPath,
            @Nullable String referrerQuery) {}

    /** Anything but 2xx. */
    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return new ApiFailure(response.getStatus(), response.getHeaderString(HttpHeaders.RETRY_AFTER));
    }
}
