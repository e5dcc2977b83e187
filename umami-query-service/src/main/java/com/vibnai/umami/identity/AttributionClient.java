package com.vibnai.umami.identity;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.platform.problem.ProblemType;
import com.vibnai.umami.source.Segment;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The two calls to attribution-service. */
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

    /** A page of segments. */
    record SegmentPage(List<Segment> items, @Nullable String nextCursor) {}

    /** What matters here of a user's record. */
    record Signup(Instant signedUpAt) {}

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
