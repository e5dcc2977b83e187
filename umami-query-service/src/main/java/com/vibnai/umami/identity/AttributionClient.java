package com.vibnai.umami.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.platform.problem.ProblemType;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Segment;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The calls to attribution-service. */
@RegisterRestClient(configKey = "attribution")
@Path("/v1")
interface AttributionClient {

    @GET
    @Path("/users/{user_id}/identity-links")
    Uni<SegmentPage> segments(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @PathParam("user_id") String userId,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") @Nullable String cursor);

    @GET
    @Path("/attributions/{user_id}")
    Uni<Signup> signup(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("user_id") String userId);

    @POST
    @Path("/identity-links/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> link(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, List<NewLink> links);

    /** A page of segments. */
    record SegmentPage(List<LinkedSegment> items, @Nullable String nextCursor) {}

    /** A stretch of a session, by attribution-service. */
    record LinkedSegment(
            UUID websiteId,
            UUID sessionId,
            String kind,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean shared) {

        /** Whether it lasts until the next one's login only. */
        boolean yields() {
            return kind.equals("session");
        }

        Segment toSegment() {
            return new Segment(websiteId, sessionId, from, until, shared);
        }
    }

    /** What matters here of a user's record. */
    record Signup(Instant signedUpAt) {}

    /** A link as attribution-service takes it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewLink(
            String userId,
            UUID websiteId,
            UUID sessionId,
            String kind,
            @Nullable Instant from,
            Instant occurredAt,
            String source) {

        static NewLink of(Claim claim) {
            return new NewLink(
                    claim.userId(),
                    claim.websiteId(),
                    claim.sessionId(),
                    claim.kind().name().toLowerCase(Locale.ROOT),
                    claim.from(),
                    claim.occurredAt(),
                    "umami");
        }
    }

    /** 404 is an answer (nobody by that name signed up); anything else means that attribution-service cannot help now. */
    @ClientExceptionMapper
    static @Nullable RuntimeException failure(Response response) {
        if (response.getStatus() == 404) {
            return ApiException.of(ProblemType.NOT_FOUND, "unknown to attribution-service");
        }
        return ApiException.unavailable(
                "attribution-service answered " + response.getStatus() + "; try again.", Duration.ofSeconds(5));
    }
}
