package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import com.vibnai.attribution.platform.security.Scope;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** All records of a filter as one stream: the list's address, asked for CSV or lines of JSON. */
@Path("/v1/attributions")
@Tag(name = "Attributions")
class AttributionExportResource {

    private final AttributionExport export;
    private final AttributionCsv csv;
    private final ObjectMapper json;

    AttributionExportResource(AttributionExport export, ObjectMapper json) {
        this.export = export;
        this.csv = new AttributionCsv(json);
        this.json = json;
    }

    @GET
    @Produces("text/csv")
    @RolesAllowed(Scope.READ_ROLE)
    @Operation(hidden = true)
    public Multi<String> csv(
            @RestQuery @Nullable String channel,
            @RestQuery("utm_source") @Nullable String utmSource,
            @RestQuery("utm_medium") @Nullable String utmMedium,
            @RestQuery("utm_campaign") @Nullable String utmCampaign,
            @Parameter(description = "Signed up at or after, RFC 3339") @RestQuery @Nullable String from,
            @Parameter(description = "Signed up before, RFC 3339") @RestQuery @Nullable String to) {
        AttributionFilter filter = AttributionFilter.of(channel, utmSource, utmMedium, utmCampaign, from, to);
        AtomicBoolean first = new AtomicBoolean(true);
        return export.chunks(filter).map(rows -> (first.getAndSet(false) ? csv.header() : "") + csv.lines(rows));
    }

    @GET
    @Produces("application/x-ndjson")
    @RolesAllowed(Scope.READ_ROLE)
    @Operation(hidden = true)
    public Multi<RawValue> lines(
            @RestQuery @Nullable String channel,
            @RestQuery("utm_source") @Nullable String utmSource,
            @RestQuery("utm_medium") @Nullable String utmMedium,
            @RestQuery("utm_campaign") @Nullable String utmCampaign,
            @Parameter(description = "Signed up at or after, RFC 3339") @RestQuery @Nullable String from,
            @Parameter(description = "Signed up before, RFC 3339") @RestQuery @Nullable String to) {
        AttributionFilter filter = AttributionFilter.of(channel, utmSource, utmMedium, utmCampaign, from, to);
        return export.chunks(filter).filter(rows -> !rows.isEmpty()).map(this::lines);
    }

    /** Lines without the last line's end, which the framework adds. */
    private RawValue lines(List<AttributionResponse> rows) {
        return new RawValue(rows.stream().map(this::line).collect(Collectors.joining("\n")));
    }

    private String line(AttributionResponse row) {
        try {
            return json.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
