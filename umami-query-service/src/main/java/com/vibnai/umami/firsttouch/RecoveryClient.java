package com.vibnai.umami.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The signups of attribution-service, and what was found for one of them. */
@RegisterRestClient(configKey = "attribution")
@Path("/v1/attributions")
interface RecoveryClient {

    @GET
    Uni<SignupPage> signups(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") int limit,
            @QueryParam("cursor") @Nullable String cursor);

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Outcome> record(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, Map<String, Object> signup);

    /** A page of records. */
    record SignupPage(List<Signup> items, @Nullable String nextCursor) {}

    /** A record. */
    record Signup(String userId, Instant signedUpAt, FirstTouch firstTouch) {}

    /** What matters of its first touch. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record FirstTouch(boolean direct) {}

    /** What became of it: upgraded, or kept. */
    record Outcome(String outcome) {}

    /** 410: erased meanwhile, which is an answer. Anything else: not now. */
    @ClientExceptionMapper
    static @Nullable RuntimeException failure(Response response) {
        return response.getStatus() == 410
                ? new Erased()
                : ApiException.unavailable(
                        "attribution-service answered " + response.getStatus() + ".", Duration.ofSeconds(5));
    }

    /** The user is gone. */
    final class Erased extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Erased() {
            super("erased", null, false, false);
        }
    }
}
