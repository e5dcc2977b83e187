package com.vibnai.abuse;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request as a line for a shell. Addresses and keys are variables, as {@code .quickstart.env} has them. */
final class Curl {

    private static final Map<String, String> ADDRESSES = Map.of(
            "attribution-service",
            "$ATTRIBUTION_URL",
            "umami-query-service",
            "$UMAMI_QUERY_URL",
            "tracker-web",
            "$TRACKER_URL");
    private static final Map<String, String> KEYS =
            Map.of(Secrets.ADMIN_KEY, "$ADMIN_KEY", Secrets.READ_KEY, "$READ_KEY", Secrets.SERVER_KEY, "$SERVER_KEY");

    private Curl() {}

    static String of(Target target, Request request) {
        return of(target.name(), request);
    }

    static String of(String service, Request request) {
        StringBuilder line = new StringBuilder();
        if (request.body().length > 0) {
            line.append("printf '").append(octal(request.body())).append("' | ");
        }
        line.append("curl -sS -i --globoff --path-as-is -X ").append(request.method());
        for (String header : request.headers()) {
            line.append(" -H ").append(quoted(header));
        }
        if (request.body().length > 0) {
            line.append(" --data-binary @-");
        }
        return line.append(" \"")
                .append(ADDRESSES.get(service))
                .append('"')
                .append(quoted(request.target()))
                .toString();
    }

    private static String quoted(String text) {
        for (Map.Entry<String, String> key : KEYS.entrySet()) {
            if (text.endsWith(key.getKey())) {
                return "'" + text.substring(0, text.length() - key.getKey().length()) + "'\"" + key.getValue() + "\"";
            }
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** For printf: what is not plain is an octal number. */
    private static String octal(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (c >= ' ' && c <= '~' && c != '\'' && c != '\\' && c != '%') {
                text.append(c);
            } else {
                text.append("\\%03o".formatted((int) c));
            }
        }
        return text.toString();
    }
}
