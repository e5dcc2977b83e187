package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.platform.problem.ApiException;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The journeys and channels of attribution-service. */
@RegisterRestClient(configKey = "attribution")
@Path("/v1")
interface JourneyClient {

    @POST
    @Path("/journeys/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<JourneyPage> ofSessions(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @QueryParam("conversion") List<String> conversions,
            @QueryParam("from") String from,
            @QueryParam("until") String until,
            List<SessionKey> sessions);

    @GET
    @Path("/journeys")
    Uni<JourneyPage> starting(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @QueryParam("start") String start,
            @QueryParam("conversion") List<String> conversions,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("until") String until,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") @Nullable String cursor);

    @POST
    @Path("/channels/classify/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Classified> classify(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, List<Map<String, String>> touches);

    /** Some journeys. */
    record JourneyPage(List<Journey> items, @Nullable String nextCursor) {}

    /** The channels of touches, in their order. */
    record Classified(List<Item> items) {}

    /** One of them. */
    record Item(@Nullable String channel) {}

    /** Whatever it is, attribution-service cannot help now. */
    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return ApiException.unavailable(
                "attribution-service answered " + response.getStatus() + "; try again.", Duration.ofSeconds(5));
    }
}
