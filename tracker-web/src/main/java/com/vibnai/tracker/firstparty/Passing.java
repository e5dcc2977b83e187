package com.vibnai.tracker.firstparty;

import com.vibnai.tracker.platform.Caller;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which headers pass. Everything else stays here: cookies, Authorization, whatever a later browser invents. */
final class Passing {

    /** What Umami and attribution-service need of the browser's request. */
    private static final List<String> FROM_BROWSER =
            List.of("Content-Type", "User-Agent", "Accept-Language", "DNT", "Sec-GPC", "x-umami-cache");
    /** For attribution-service, which decides on its own which origins may call. */
    private static final List<String> CORS_QUESTION =
            List.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
    /** Where a content delivery network says that the visitor is. Believed from a trusted proxy only. */
    private static final List<String> PLACE = List.of(
            "CF-IPCountry",
            "CF-Region-Code",
            "CF-IPCity",
            "X-Vercel-IP-Country",
            "X-Vercel-IP-Country-Region",
            "X-Vercel-IP-City",
            "CloudFront-Viewer-Country",
            "CloudFront-Viewer-Country-Region",
            "CloudFront-Viewer-City");

    private static final List<String> FROM_SERVER = List.of(
            "Retry-After",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Max-Age",
            "Vary");

    private Passing() {}

    /** Headers for Umami. */
    static MultiMap toUmami(MultiMap browser, Caller caller, @Nullable String addressHeader) {
        MultiMap headers = copy(browser, FROM_BROWSER);
        if (caller.throughProxy()) {
            headers.addAll(copy(browser, PLACE));
        }
        if (addressHeader != null) {
            headers.set(addressHeader, caller.address());
        }
        return headers.set("X-Forwarded-For", caller.address());
    }

    /** Headers for attribution-service. */
    static MultiMap toAttribution(MultiMap browser, Caller caller) {
        return copy(browser, FROM_BROWSER)
                .addAll(copy(browser, CORS_QUESTION))
                .set("X-Forwarded-For", caller.address())
                .set("X-Forwarded-Proto", caller.scheme());
    }

    /** Headers for the browser. */
    static MultiMap toBrowser(MultiMap server) {
        return copy(server, FROM_SERVER).set("Content-Type", mediaType(server.get("Content-Type")));
    }

    /** On the operator's own domain, HTML of another server must not run. */
    private static String mediaType(@Nullable String type) {
        return type != null && type.matches("(?i)(application/([a-z]+\\+)?json|text/plain)\\b.*")
                ? type
                : "application/octet-stream";
    }

    private static MultiMap copy(MultiMap from, List<String> names) {
        MultiMap copy = MultiMap.caseInsensitiveMultiMap();
        for (String name : names) {
            String value = from.get(name);
            if (value != null) {
                copy.set(name, value);
            }
        }
        return copy;
    }
}
