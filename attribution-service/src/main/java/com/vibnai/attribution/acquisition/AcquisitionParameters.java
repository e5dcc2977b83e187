package com.vibnai.attribution.acquisition;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The query of an acquisition report, as it is sent. */
public final class AcquisitionParameters {

    @Context
    @Nullable
    UriInfo uri;

    @RestQuery
    @Parameter(
            description = "What the groups are",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            defaultValue = "channel",
                            enumeration = {
                                "channel",
                                "utm_source",
                                "utm_medium",
                                "utm_campaign",
                                "utm_content",
                                "utm_term",
                                "landing_page",
                                "referrer_host",
                                "trust"
                            }))
    @Nullable
    String by;

    @RestQuery
    @Parameter(
            description = "Which touch. A record without a last touch counts with its first one",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            defaultValue = "first",
                            enumeration = {"first", "last", "both"}))
    @Nullable
    String touch;

    @RestQuery
    @Parameter(
            description = "How the time is cut. Weeks begin on Monday. At most 400 periods",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            defaultValue = "day",
                            enumeration = {"day", "week", "month", "none"}))
    @Nullable
    String interval;

    @RestQuery("time_zone")
    @Parameter(
            description = "Whose days they are, by its IANA name",
            schema = @Schema(type = SchemaType.STRING, defaultValue = "UTC"),
            example = "Europe/Berlin")
    @Nullable
    String timeZone;

    @RestQuery
    @Parameter(description = "First day of signups. Default: 30 days in all", example = "2026-10-01")
    @Nullable
    String from;

    @RestQuery
    @Parameter(description = "The day after the last. Default: tomorrow", example = "2026-11-01")
    @Nullable
    String to;

    @RestQuery
    @Parameter(
            description = "With the time before: as many days, or as many months if they are whole ones",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            defaultValue = "none",
                            enumeration = {"none", "previous"}))
    @Nullable
    String compare;

    @RestQuery
    @Parameter(description = "Only conversions of this name count; of all of these, if repeated")
    List<String> conversion = List.of();

    @RestQuery
    @Parameter(
            description = "Groups in the answer",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable
    String limit;

    @RestQuery
    @Parameter(description = "Only touches of this channel; of any of these, if repeated; empty for those without one")
    List<String> channel = List.of();

    @RestQuery("utm_source")
    @Parameter(description = "Likewise")
    List<String> utmSource = List.of();

    @RestQuery("utm_medium")
    @Parameter(description = "Likewise")
    List<String> utmMedium = List.of();

    @RestQuery("utm_campaign")
    @Parameter(description = "Likewise")
    List<String> utmCampaign = List.of();

    @RestQuery("utm_content")
    @Parameter(description = "Likewise")
    List<String> utmContent = List.of();

    @RestQuery("utm_term")
    @Parameter(description = "Likewise")
    List<String> utmTerm = List.of();

    @RestQuery("landing_page")
    @Parameter(description = "Likewise; without query and fragment")
    List<String> landingPage = List.of();

    @RestQuery("referrer_host")
    @Parameter(description = "Likewise; in lower case, without www.")
    List<String> referrerHost = List.of();

    @RestQuery
    @Parameter(description = "Likewise: server, signed, jwt or none")
    List<String> trust = List.of();

    /** All values of a parameter as they are sent: the framework's lists leave out those that are empty. */
    List<String> all(String name) {
        List<String> values = Objects.requireNonNull(uri).getQueryParameters().get(name);
        return values == null ? List.of() : List.copyOf(values);
    }
}
