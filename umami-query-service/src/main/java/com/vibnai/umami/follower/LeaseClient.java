package com.vibnai.umami.follower;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** Leases and positions, kept by attribution-service. */
@RegisterRestClient(configKey = "attribution")
@Path("/v1/followers/{name}")
interface LeaseClient {

    @POST
    @Path("/lease")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Follower> lease(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("name") String name, Lease lease);

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Follower> move(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, @PathParam("name") String name, Move move);

    @DELETE
    @Path("/lease")
    Uni<Void> release(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @PathParam("name") String name,
            @QueryParam("holder") String holder);

    /** Who asks, for how long. */
    record Lease(String holder, long seconds) {}

    /** A step from a version. */
    record Move(String holder, long version, Map<String, Object> position) {}

    /** Where it stands. */
    record Follower(long version, @Nullable Map<String, Object> position) {}

    /** Not granted. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status) {
            super("attribution-service answered " + status, null, false, false);
            this.status = status;
        }

        /** Whether another replica is at it. */
        boolean isTaken() {
            return status == 409;
        }
    }

    /** Anything but 2xx. */
    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return new Refused(response.getStatus());
    }
}
