package com.vibnai.attribution.touch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A touch as it is sent: flat, by the names of the original SDK. Everything is optional; nothing else is stored. Values
 * that are too long are cut, and the answer says so.
 */
@Schema(name = "Touch")
public class TouchFields {

    /** Code points of a campaign parameter or click id. */
    public static final int LONGEST = 255;

    /** Code points of an address. */
    public static final int LONGEST_URL = 2048;

    /** The click ids that every touch may have, by parameter name. */
    public static final List<String> CLICK_IDS = List.of(
            "gclid",
            "gbraid",
            "wbraid",
            "dclid",
            "gclsrc",
            "gad_source",
            "fbclid",
            "msclkid",
            "ttclid",
            "twclid",
            "li_fat_id",
            "rdt_cid",
            "sccid",
            "epik",
            "yclid",
            "irclid",
            "mc_cid",
            "_kx");

    @Schema(examples = "google")
    public @Nullable String utmSource;

    @Schema(examples = "cpc")
    public @Nullable String utmMedium;

    @Schema(examples = "spring-sale")
    public @Nullable String utmCampaign;

    public @Nullable String utmTerm;
    public @Nullable String utmContent;
    public @Nullable String utmId;
    public @Nullable String utmSourcePlatform;

    @Schema(description = "Google Ads", examples = "Cj0KCQ")
    public @Nullable String gclid;

    public @Nullable String gbraid;

    public @Nullable String wbraid;

    public @Nullable String dclid;

    public @Nullable String gclsrc;

    public @Nullable String gadSource;

    public @Nullable String fbclid;

    public @Nullable String msclkid;

    public @Nullable String ttclid;

    public @Nullable String twclid;

    public @Nullable String liFatId;

    public @Nullable String rdtCid;

    public @Nullable String sccid;

    public @Nullable String epik;

    public @Nullable String yclid;

    public @Nullable String irclid;

    public @Nullable String mcCid;

    @JsonProperty("_kx")
    public @Nullable String kx;

    @Schema(description = "The page that linked here", examples = "https://www.google.com/")
    public @Nullable String referrer;

    @Schema(description = "The page that was reached", examples = "https://www.example.com/?utm_source=google")
    public @Nullable String landingPage;

    @Schema(description = "When, by the sender's clock", examples = "2026-11-24T09:30:00Z")
    public @Nullable OffsetDateTime firstSeenAt;

    /** Click ids of parameters that the operator named, put here by {@link ExtraClickIds}. */
    @JsonIgnore
    public final Map<String, String> extraClickIds = new TreeMap<>();

    /** The campaign, each value passed through {@code text} with its name. */
    Campaign campaign(BinaryOperator<@Nullable String> text) {
        return new Campaign(
                text.apply("utm_source", utmSource),
                text.apply("utm_medium", utmMedium),
                text.apply("utm_campaign", utmCampaign),
                text.apply("utm_term", utmTerm),
                text.apply("utm_content", utmContent),
                text.apply("utm_id", utmId),
                text.apply("utm_source_platform", utmSourcePlatform));
    }

    /** The click ids that are there, each value passed through {@code text} with its name. */
    Map<String, String> clickIds(BinaryOperator<@Nullable String> text) {
        Map<String, String> ids = new LinkedHashMap<>();
        add(ids, "gclid", gclid, text);
        add(ids, "gbraid", gbraid, text);
        add(ids, "wbraid", wbraid, text);
        add(ids, "dclid", dclid, text);
        add(ids, "gclsrc", gclsrc, text);
        add(ids, "gad_source", gadSource, text);
        add(ids, "fbclid", fbclid, text);
        add(ids, "msclkid", msclkid, text);
        add(ids, "ttclid", ttclid, text);
        add(ids, "twclid", twclid, text);
        add(ids, "li_fat_id", liFatId, text);
        add(ids, "rdt_cid", rdtCid, text);
        add(ids, "sccid", sccid, text);
        add(ids, "epik", epik, text);
        add(ids, "yclid", yclid, text);
        add(ids, "irclid", irclid, text);
        add(ids, "mc_cid", mcCid, text);
        add(ids, "_kx", kx, text);
        extraClickIds.forEach((name, value) -> add(ids, name, value, text));
        return ids;
    }

    private static void add(
            Map<String, String> ids, String name, @Nullable String value, BinaryOperator<@Nullable String> text) {
        String kept = text.apply(name, value);
        if (kept != null) {
            ids.put(name, kept);
        }
    }
}
