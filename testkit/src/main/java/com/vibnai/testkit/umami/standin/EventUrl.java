package com.vibnai.testkit.umami.standin;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A payload's {@code url} or {@code referrer}, resolved against the page's host as a browser would. */
public record EventUrl(
        @Nullable String host, String path, @Nullable String query) {

    /** Resolves {@code url} (absolute or relative) on {@code hostname}; text that is no URL counts as a path. */
    public static EventUrl of(String url, String hostname) {
        try {
            URI uri = new URI("https://" + hostname + "/")
                    .resolve(new URI(url.replace(" ", "%20").replace("|", "%7C")));
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return new EventUrl(uri.getHost(), path, uri.getRawQuery());
        } catch (URISyntaxException | IllegalArgumentException e) {
            int mark = url.indexOf('?');
            return new EventUrl(
                    hostname, mark < 0 ? url : url.substring(0, mark), mark < 0 ? null : url.substring(mark + 1));
        }
    }

    /** The host without {@code www.}; none for localhost, which Umami leaves out. */
    public @Nullable String domain() {
        if (host == null || host.equals("localhost")) {
            return null;
        }
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }

    /** The query's parameters, decoded; the last of several equal names wins. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && equals < pair.length() - 1) {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
