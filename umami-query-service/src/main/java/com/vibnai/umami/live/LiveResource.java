package com.vibnai.umami.live;

import com.vibnai.umami.identity.UserIds;
import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.platform.problem.Problem;
import com.vibnai.umami.platform.security.Scope;
import com.vibnai.umami.trail.TrailEvent;
import io.netty.channel.ChannelFuture;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** A user's events as they arrive. */
@Path("/v1/users/{user_id}")
@RolesAllowed({Scope.READ_ROLE, Scope.USER_READ_ROLE})
@Tag(name = "User", description = "What one user did")
@APIResponse(
        responseCode = "400",
        description = "Invalid request",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "401",
        description = "No key, or an unknown one",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "403",
        description = "The key may not read",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "429",
        description = "The key, or the service, has too many streams open; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description = "The service goes down; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class LiveResource {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final long RECONNECT_MILLIS = 3000;

    private final LiveHub hub;
    private final SecurityIdentity caller;
    private final CurrentVertxRequest request;

    LiveResource(LiveHub hub, SecurityIdentity caller, CurrentVertxRequest request) {
        this.hub = hub;
        this.caller = caller;
        this.request = request;
    }

    @GET
    @Path("/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Events as they arrive, as Server-Sent Events", description = """
                    `ready` says that from here on nothing is missed, `trail` is an event of the user, \
                    `unavailable` that Umami does not answer for now (the stream stays open), `gap` that more \
                    happened since `Last-Event-ID` than is replayed (read the trail), `end` with a `reason` \
                    (`slow`, `shutdown`, `limit`) that this was the last message. A stream starts with what \
                    happens next, or after `Last-Event-ID`, the id of the last message received.""")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = TrailEvent.class)))
    public Multi<OutboundSseEvent> live(
            @RestPath("user_id") String userId,
            @RestHeader(LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        LivePosition resumed = lastEventId == null ? null : position(lastEventId);
        HttpServerRequest connection = request.getCurrent().request();
        return hub.open(caller.getPrincipal().getName(), UserIds.valid(userId), resumed, () -> disconnect(connection))
                .map(message -> event(sse.newEventBuilder().mediaType(MediaType.APPLICATION_JSON_TYPE), message));
    }

    /** At once, past the handler of Vert.x, which would first write what is waiting, and the listener does not read. */
    private static void disconnect(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            ChannelFuture unused = connection.channelHandlerContext().close();
        } else {
            request.response().reset();
        }
    }

    private static LivePosition position(String lastEventId) {
        return LivePosition.parse(lastEventId)
                .orElseThrow(() -> ApiException.invalid(LAST_EVENT_ID, "is not one that this call gave out"));
    }

    private static OutboundSseEvent event(OutboundSseEvent.Builder event, LiveMessage message) {
        if (message instanceof LiveMessage.Arrived arrived) {
            return event.name("trail")
                    .id(arrived.position().toString())
                    .data(TrailEvent.of(arrived.event(), null))
                    .build();
        }
        if (message instanceof LiveMessage.Ready ready) {
            return event.name("ready")
                    .id(ready.position().toString())
                    .reconnectDelay(RECONNECT_MILLIS)
                    .data(Map.of())
                    .build();
        }
        if (message instanceof LiveMessage.Gap gap) {
            return event.name("gap")
                    .id(gap.position().toString())
                    .data(Map.of("detail", "More happened than is replayed; the trail has it."))
                    .build();
        }
        if (message instanceof LiveMessage.Unavailable unavailable) {
            return event.name("unavailable")
                    .data(Map.of("detail", unavailable.detail()))
                    .build();
        }
        if (message instanceof LiveMessage.End end) {
            return event.name("end")
                    .data(Map.of("reason", end.reason().name().toLowerCase(Locale.ROOT)))
                    .build();
        }
        return event.comment("").build();
    }
}
