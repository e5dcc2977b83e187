package com.vibnai.attribution.channel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known sources: hosts and apps of referrers, and names as they stand in utm_source. A host of the data set stands for
 * itself, since what is below a search engine is often none (docs.google.com); a host of a rule file stands for the hosts
 * below it too. The longer one wins, and a rule file wins over the data set.
 */
final class Sources {

    private static final Set<String> SECOND_LEVEL = Set.of("co", "com", "org", "net", "ac", "gov", "edu", "ne", "or");

    private final Map<String, SourceKind> exact;
    private final Map<String, SourceKind> below;
    private final Map<String, SourceKind> names;

    /**
     * Copies the maps.
     *
     * @param exact by host, or host and first part of the path, without {@code www.}
     * @param below by host that stands for hosts below it too, {@code amazon.*} for any country, or {@code android-app://…}
     * @param names by utm_source
     */
    Sources(Map<String, SourceKind> exact, Map<String, SourceKind> below, Map<String, SourceKind> names) {
        this.exact = Map.copyOf(exact);
        this.below = Map.copyOf(below);
        this.names = Map.copyOf(names);
    }

    /** These, and on top of them {@code more} hosts and names. */
    Sources with(Map<String, SourceKind> moreBelow, Map<String, SourceKind> moreNames) {
        Map<String, SourceKind> allBelow = new HashMap<>(below);
        allBelow.putAll(moreBelow);
        Map<String, SourceKind> allNames = new HashMap<>(names);
        allNames.putAll(moreNames);
        return new Sources(exact, allBelow, allNames);
    }

    /** The kind of a utm_source, which is a name or a host. */
    @Nullable
    SourceKind ofName(String source) {
        String name = source.strip().toLowerCase(Locale.ROOT);
        SourceKind kind = names.get(name);
        if (kind != null || name.indexOf('.') < 0) {
            return kind;
        }
        return ofHost(withoutWww(name.replaceFirst("^[a-z]+://", "").replaceFirst("[/?#:].*$", "")), "");
    }

    /** The kind of a referrer. */
    @Nullable
    SourceKind ofReferrer(String host, String referrer) {
        if (referrer.toLowerCase(Locale.ROOT).startsWith("android-app:")) {
            SourceKind kind = below.get("android-app://" + host);
            return kind != null ? kind : exact.get(host);
        }
        return ofHost(host, path(referrer));
    }

    private @Nullable SourceKind ofHost(String host, String path) {
        SourceKind kind = ofPath(host, path);
        if (kind != null) {
            return kind;
        }
        kind = ofFile(host);
        if (kind == null) {
            kind = exact.get(host);
        }
        return kind != null ? kind : ofParent(host);
    }

    private @Nullable SourceKind ofPath(String host, String path) {
        String key = host + path;
        for (int end = key.length(); end > host.length(); end = key.lastIndexOf('/', end - 1)) {
            String part = key.substring(0, end);
            SourceKind kind = below.get(part);
            if (kind != null) {
                return kind;
            }
            kind = exact.get(part);
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    private @Nullable SourceKind ofParent(String host) {
        for (String rest = host; rest.indexOf('.') >= 0; rest = rest.substring(rest.indexOf('.') + 1)) {
            SourceKind kind = ofFile(rest);
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    private @Nullable SourceKind ofFile(String host) {
        SourceKind kind = below.get(host);
        return kind != null ? kind : below.get(anyCountry(host));
    }

    /** {@code amazon.*} for amazon.de, amazon.co.uk and amazon.com.br. */
    private static String anyCountry(String host) {
        String[] labels = host.split("\\.", -1);
        int suffix = labels.length > 2 && SECOND_LEVEL.contains(labels[labels.length - 2]) ? 2 : 1;
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < labels.length - suffix; i++) {
            name.append(labels[i]).append('.');
        }
        return name.append('*').toString();
    }

    private static String path(String url) {
        try {
            String path = new URI(url.strip()).getPath();
            return path == null || path.equals("/") ? "" : path.replaceFirst("/+$", "");
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }
}
