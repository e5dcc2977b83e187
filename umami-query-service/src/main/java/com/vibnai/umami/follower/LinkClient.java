package com.vibnai.umami.follower;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Claim;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

/** Gives links to attribution-service. Each is answered for itself; one that is refused does not stop the others. */
@RegisterRestClient(configKey = "attribution")
@Path("/v1/identity-links/batch")
interface LinkClient {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> link(@HeaderParam(HttpHeaders.AUTHORIZATION) String bearer, List<NewLink> links);

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

    /** Anything but 2xx. */
    @ClientExceptionMapper
    static RuntimeException failure(Response response) {
        return ApiException.unavailable(
                "attribution-service answered " + response.getStatus() + ".", Duration.ofSeconds(5));
    }
}
