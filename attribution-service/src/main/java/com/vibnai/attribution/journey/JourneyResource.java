package com.vibnai.attribution.journey;

import com.vibnai.attribution.identity.SessionKey;
import com.vibnai.attribution.platform.Limit;
import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.json.BatchEntry;
import com.vibnai.attribution.platform.json.BatchReader;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import com.vibnai.attribution.platform.problem.Problem;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Journeys, by the sessions they began in or by what they started with. */
@Path("/v1/journeys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.READ_ROLE)
@Tag(name = "Journeys", description = "From a visit to a customer, for a funnel of the whole site")
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
        responseCode = "503",
        description = "The database does not answer; see Retry-After",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
class JourneyResource {

    private final JourneyRepository journeys;
    private final BatchReader batches;

    JourneyResource(JourneyRepository journeys, BatchReader batches) {
        this.journeys = journeys;
        this.batches = batches;
    }

    @POST
    @Path("/batch")
    @Blocking
    @Consumes({MediaType.APPLICATION_JSON, BatchReader.NDJSON})
    @Operation(
            summary = "Who was in these sessions, and what became of them",
            description =
                    "A JSON array or one JSON object a line, at most 5,000 and 8 MB. Answers every user who owns a"
                            + " stretch of one of them. A POST because of its length: nothing is stored.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = SessionFields.class)),
                @Content(mediaType = BatchReader.NDJSON, schema = @Schema(implementation = SessionFields.class))
            })
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = JourneysResponse.class)))
    @APIResponse(
            responseCode = "413",
            description = "More than 8 MB or 5,000 entries",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "415",
            description = "Neither JSON nor NDJSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<JourneysResponse> ofSessions(
            @Parameter(description = "Conversions of this name; * for all, none if it is missing")
                    @RestQuery("conversion")
                    List<String> names,
            @Parameter(description = "Conversions from this time on, RFC 3339") @RestQuery @Nullable String from,
            @Parameter(description = "Conversions before this time, RFC 3339") @RestQuery @Nullable String until,
            byte[] body) {
        JourneyQuestion question = JourneyQuestion.parse(names, from, "until", until);
        return journeys.ofSessions(sessions(batches.read(body, SessionFields.class)), question)
                .map(JourneysResponse::new);
    }

    @GET
    @Operation(
            summary = "A page of journeys that start in a range of time",
            description = "With a signup, or with the first conversion of a name in the range. Earliest start first.")
    @APIResponse(responseCode = "200", description = "Items and the next page's cursor")
    public Uni<Page<JourneyResponse>> starting(
            @Parameter(description = "signup, conversion:NAME or conversion:*", example = "signup") @RestQuery @Nullable
                    String start,
            @Parameter(description = "Started at or after, RFC 3339") @RestQuery @Nullable String from,
            @Parameter(description = "Started before, RFC 3339") @RestQuery @Nullable String to,
            @Parameter(description = "Conversions of this name; * for all, none if it is missing")
                    @RestQuery("conversion")
                    List<String> names,
            @Parameter(description = "Conversions before this time, RFC 3339") @RestQuery @Nullable String until,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
                    @RestQuery
                    @Nullable
                    String limit,
            @RestQuery @Nullable String cursor) {
        JourneyQuestion question = JourneyQuestion.parse(names, from, "until", until);
        Instant end = JourneyQuestion.time("to", to);
        return journeys.starting(
                JourneyStart.parse(start),
                question.from(),
                end,
                question,
                JourneyCursor.parse(cursor),
                Limit.parse(limit, Page.DEFAULT_LIMIT, Page.MAX_LIMIT));
    }

    /** All of them, or 400: a session that is left out would make its user somebody nobody knows. */
    private static List<SessionKey> sessions(List<BatchEntry<SessionFields>> entries) {
        List<FieldError> errors = entries.stream()
                .flatMap(entry -> entry.errors().stream()
                        .map(error -> new FieldError(entry.index() + "." + error.field(), error.message())))
                .toList();
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        return entries.stream()
                .flatMap(entry -> Stream.ofNullable(entry.value()))
                .map(fields -> new SessionKey(
                        Objects.requireNonNull(fields.websiteId()), Objects.requireNonNull(fields.sessionId())))
                .toList();
    }
}
