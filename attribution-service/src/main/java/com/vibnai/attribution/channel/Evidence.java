package com.vibnai.attribution.channel;

import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.ExternalReferrer;
import com.vibnai.attribution.touch.Touch;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at: the fields of a touch in lower case, and what follows from them. A source is what utm_source says;
 * without one it is the platform of a click id, and without that the referrer.
 *
 * @param direct nothing says where the visitor came from
 * @param kind of the source, if it is known
 * @param kindBecause where the kind comes from
 * @param paid a platform says that the click was on an ad
 * @param paidBecause which one
 */
record Evidence(
        boolean direct,
        String source,
        String medium,
        String campaign,
        String term,
        String content,
        Set<String> clickIds,
        String referrerHost,
        String landingPage,
        @Nullable SourceKind kind,
        String kindBecause,
        boolean paid,
        String paidBecause) {

    /** Kinds that have paid channels of their own; a source of these is believed beside any click id. */
    private static final Set<SourceKind> WITH_ADS =
            EnumSet.of(SourceKind.SEARCH, SourceKind.SOCIAL, SourceKind.VIDEO, SourceKind.SHOPPING);

    private static final int SHORT_VALUE = 8;
    private static final Pattern ADS = Pattern.compile("^(.{2,}?)[ _-]?ads?$");

    static Evidence of(Touch touch, Sources sources, Map<String, ClickId> clickIds, ExternalReferrer referrers) {
        Campaign campaign = touch.campaign();
        String source = lower(campaign.source());
        String host = externalHost(touch, referrers);
        Set<String> ids = namesAndValues(touch.clickIds());
        Platform platform = Platform.of(ids, clickIds);
        Named named = Named.of(source, sources);
        SourceKind kind = named.kind();
        String because = "source " + quoted(source);
        if (platform.isPaid() && (kind == null || !WITH_ADS.contains(kind))) {
            kind = platform.kind();
            because = "click id " + platform.name();
        } else if (source.isEmpty() && platform.kind() != null) {
            kind = platform.kind();
            because = "click id " + platform.name();
        } else if (source.isEmpty() && !host.isEmpty()) {
            kind = sources.ofReferrer(host, Objects.requireNonNull(touch.referrer()));
            because = "referrer " + quoted(host);
        }
        boolean paid = platform.isPaid() || named.ads();
        return new Evidence(
                touch.direct(),
                source,
                lower(campaign.medium()),
                lower(campaign.campaign()),
                lower(campaign.term()),
                lower(campaign.content()),
                ids,
                host,
                lower(touch.landingPage()),
                kind,
                because,
                paid,
                platform.isPaid() ? "click id " + platform.name() : "source " + quoted(source));
    }

    private static String externalHost(Touch touch, ExternalReferrer referrers) {
        String host = ExternalReferrer.host(touch.referrer());
        return host == null || !referrers.is(touch.referrer(), touch.landingPage()) ? "" : host;
    }

    /** The names, and short values with their name: {@code gad_source=1} says more than that there is a gad_source. */
    private static Set<String> namesAndValues(Map<String, String> clickIds) {
        Set<String> all = new TreeSet<>(clickIds.keySet());
        clickIds.forEach((name, value) -> {
            if (value.length() <= SHORT_VALUE) {
                all.add(name + "=" + value);
            }
        });
        return all;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }

    static String quoted(String text) {
        return "`" + text + "`";
    }

    /** What a utm_source is by its name. {@code google-ads} is Google, and ads. */
    private record Named(@Nullable SourceKind kind, boolean ads) {

        static Named of(String source, Sources sources) {
            if (source.isEmpty()) {
                return new Named(null, false);
            }
            SourceKind kind = sources.ofName(source);
            Matcher ads = ADS.matcher(source);
            if (kind != null || !ads.matches()) {
                return new Named(kind, false);
            }
            kind = sources.ofName(ads.group(1));
            return new Named(kind, kind != null);
        }
    }

    /** The click id that says most: a paid one before one that is not. */
    private record Platform(String name, @Nullable SourceKind kind, boolean isPaid) {

        static Platform of(Set<String> present, Map<String, ClickId> known) {
            Platform found = new Platform("", null, false);
            for (Map.Entry<String, ClickId> id : known.entrySet()) {
                if (present.contains(id.getKey())) {
                    ClickId says = id.getValue();
                    if (says.paid()) {
                        return new Platform(id.getKey(), says.kind(), true);
                    }
                    found = found.kind() == null ? new Platform(id.getKey(), says.kind(), false) : found;
                }
            }
            return found;
        }
    }
}
