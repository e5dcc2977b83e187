package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A touch as it is sent: flat, by the names of the original SDK. Everything is optional; nothing else is stored. */
@Schema(name = "Touch")
public class TouchFields {

    static final int LONGEST = 255;
    static final int LONGEST_URL = 2048;

    @Schema(examples = "google")
    public @Nullable @Size(max = LONGEST) String utmSource;

    @Schema(examples = "cpc")
    public @Nullable @Size(max = LONGEST) String utmMedium;

    @Schema(examples = "spring-sale")
    public @Nullable @Size(max = LONGEST) String utmCampaign;

    public @Nullable @Size(max = LONGEST) String utmTerm;
    public @Nullable @Size(max = LONGEST) String utmContent;
    public @Nullable @Size(max = LONGEST) String utmId;
    public @Nullable @Size(max = LONGEST) String utmSourcePlatform;

    @Schema(description = "Google Ads", examples = "Cj0KCQ")
    public @Nullable @Size(max = LONGEST) String gclid;

    public @Nullable @Size(max = LONGEST) String gbraid;
    public @Nullable @Size(max = LONGEST) String wbraid;
    public @Nullable @Size(max = LONGEST) String dclid;
    public @Nullable @Size(max = LONGEST) String gclsrc;
    public @Nullable @Size(max = LONGEST) String gadSource;
    public @Nullable @Size(max = LONGEST) String fbclid;
    public @Nullable @Size(max = LONGEST) String msclkid;
    public @Nullable @Size(max = LONGEST) String ttclid;
    public @Nullable @Size(max = LONGEST) String twclid;
    public @Nullable @Size(max = LONGEST) String liFatId;
    public @Nullable @Size(max = LONGEST) String rdtCid;
    public @Nullable @Size(max = LONGEST) String sccid;
    public @Nullable @Size(max = LONGEST) String epik;
    public @Nullable @Size(max = LONGEST) String yclid;
    public @Nullable @Size(max = LONGEST) String irclid;
    public @Nullable @Size(max = LONGEST) String mcCid;

    @JsonProperty("_kx")
    public @Nullable @Size(max = LONGEST) String kx;

    @Schema(description = "The page that linked here", examples = "https://www.google.com/")
    public @Nullable @Size(max = LONGEST_URL) String referrer;

    @Schema(description = "The page that was reached", examples = "https://www.example.com/?utm_source=google")
    public @Nullable @Size(max = LONGEST_URL) String landingPage;

    @Schema(description = "When, by the sender's clock", examples = "2026-11-24T09:30:00Z")
    public @Nullable OffsetDateTime firstSeenAt;

    /** The touch, with its time moved by {@code clockDifference} and never later than {@code now}. */
    Touch toTouch(Instant now, Duration clockDifference) {
        return new Touch(
                campaign(), clickIds(), blankToNull(referrer), blankToNull(landingPage), seen(now, clockDifference));
    }

    private Campaign campaign() {
        return new Campaign(
                blankToNull(utmSource),
                blankToNull(utmMedium),
                blankToNull(utmCampaign),
                blankToNull(utmTerm),
                blankToNull(utmContent),
                blankToNull(utmId),
                blankToNull(utmSourcePlatform));
    }

    private Map<String, String> clickIds() {
        Map<String, String> ids = new LinkedHashMap<>();
        add(ids, "gclid", gclid);
        add(ids, "gbraid", gbraid);
        add(ids, "wbraid", wbraid);
        add(ids, "dclid", dclid);
        add(ids, "gclsrc", gclsrc);
        add(ids, "gad_source", gadSource);
        add(ids, "fbclid", fbclid);
        add(ids, "msclkid", msclkid);
        add(ids, "ttclid", ttclid);
        add(ids, "twclid", twclid);
        add(ids, "li_fat_id", liFatId);
        add(ids, "rdt_cid", rdtCid);
        add(ids, "sccid", sccid);
        add(ids, "epik", epik);
        add(ids, "yclid", yclid);
        add(ids, "irclid", irclid);
        add(ids, "mc_cid", mcCid);
        add(ids, "_kx", kx);
        return ids;
    }

    private @Nullable Instant seen(Instant now, Duration clockDifference) {
        if (firstSeenAt == null) {
            return null;
        }
        Instant seen = firstSeenAt.toInstant().plus(clockDifference);
        return seen.isAfter(now) ? now : seen;
    }

    private static void add(Map<String, String> ids, String name, @Nullable String value) {
        String given = blankToNull(value);
        if (given != null) {
            ids.put(name, given);
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        String cleaned = text == null ? null : text.replace("\0", "").strip();
        return cleaned == null || cleaned.isEmpty() ? null : cleaned;
    }
}
