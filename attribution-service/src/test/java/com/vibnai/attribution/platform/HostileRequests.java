package com.vibnai.attribution.platform;

import com.vibnai.attribution.AttributionStack;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Requests to every call of a contract, with what nobody should send. */
final class HostileRequests {

    private static final List<String> KEYS =
            List.of(AttributionStack.SERVER_KEY, AttributionStack.READ_KEY, AttributionStack.ADMIN_KEY, "nobody", "");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "text/plain",
            "application/x-ndjson",
            "text/csv",
            "*/*",
            "nonsense");
    private static final String DEEP = "[".repeat(3000);
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\uD83D",
            "\uDE00\uD83D",
            "\uFFFF\uFFFE",
            "\u202Eabc",
            "\uD83D\uDE00".repeat(200),
            "x".repeat(300),
            "x".repeat(5000),
            "'; DROP TABLE attributions; --",
            "${jndi:ldap://x}",
            "%00%ff",
            "../../etc/passwd",
            "2026-11-01T10:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "4d801085-375f-52d9-8443-058ca5b7d8a2",
            "before_login",
            "https://www.google.com/?q=a|b",
            "android-app://com.slack/",
            "http://[::1]:99999999/",
            "%7B%22first%22%3A%7B%7D%7D",
            "{\"first\":{\"utm_source\":\"x\",\"first_seen_at\":\"y\"}}",
            "EUR",
            "1e400",
            "null");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1e400",
            "-1e400",
            "1E-999999999",
            "1E999999999",
            "9".repeat(400),
            "0." + "1".repeat(400),
            "9223372036854775808",
            "1.0",
            "NaN",
            "01");

    private final List<Call> calls = new ArrayList<>();
    private final List<String> fields;

    /**
     * For all calls of an OpenAPI document.
     *
     * @param openapi as JSON
     */
    HostileRequests(JsonObject openapi) {
        openapi.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
            if (operation.getValue() instanceof JsonObject details
                    && !operation.getKey().equals("parameters")) {
                calls.add(new Call(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), query(details)));
            }
        }));
        fields = openapi.getJsonObject("components").getJsonObject("schemas").stream()
                .map(schema -> ((JsonObject) schema.getValue()).getJsonObject("properties", new JsonObject()))
                .flatMap(properties -> properties.fieldNames().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A call of the contract. */
    record Call(String method, String path, List<String> query) {}

    /** A request as it is sent; each character of the body is a byte. */
    record Hostile(Call call, String address, String key, String contentType, String accept, String body) {

        HttpRequest toRequest(URI service) {
            return HttpRequest.newBuilder(URI.create(service.toString().replaceFirst("/$", "") + address))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", contentType)
                    .header("Accept", accept)
                    .method(call.method(), HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1))
                    .build();
        }

        @Override
        public String toString() {
            String text = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return call.method() + " " + address + " " + contentType + " "
                    + text.substring(0, Math.min(500, text.length()));
        }
    }

    List<Call> calls() {
        return calls;
    }

    Arbitrary<Hostile> requests() {
        Arbitrary<String> text = texts();
        return Arbitraries.of(calls).flatMap(call -> Combinators.combine(
                        address(call, text),
                        Arbitraries.of(KEYS),
                        Arbitraries.of(TYPES),
                        Arbitraries.of(TYPES),
                        bodies(text))
                .as((address, key, type, accept, body) ->
                        new Hostile(call, address, key, type, accept, new String(body, StandardCharsets.ISO_8859_1))));
    }

    private static Arbitrary<String> address(Call call, Arbitrary<String> text) {
        List<String> names = new ArrayList<>(call.query());
        names.add("no_such_parameter");
        Arbitrary<List<Tuple.Tuple2<String, String>>> query = Combinators.combine(Arbitraries.of(names), text)
                .as(Tuple::of)
                .list()
                .ofMaxSize(2);
        return Combinators.combine(text.filter(value -> !value.isEmpty()), query)
                .as((id, parameters) -> call.path().replaceAll("\\{[^}]*}", Matcher.quoteReplacement(encoded(id)))
                        + parameters.stream()
                                .map(parameter -> encoded(parameter.get1()) + "=" + encoded(parameter.get2()))
                                .collect(Collectors.joining("&", "?", "")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text.length() > 300 ? text.substring(0, 300) : text, StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(TEXTS),
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings().alpha().ofLength(8));
    }

    private Arbitrary<byte[]> bodies(Arbitrary<String> text) {
        Arbitrary<String> json = Arbitraries.lazyOf(
                () -> text.map(HostileRequests::quoted),
                () -> Arbitraries.of(NUMBERS),
                () -> Arbitraries.of("true", "false", "null"),
                () -> object(text, text.map(HostileRequests::quoted)));
        Arbitrary<String> whole = Arbitraries.frequencyOf(
                Tuple.of(12, object(text, json)),
                Tuple.of(3, object(text, json).list().ofMaxSize(5).map(items -> items.toString())),
                Tuple.of(3, object(text, json).list().ofMaxSize(5).map(items -> String.join("\n", items))),
                Tuple.of(1, json),
                Tuple.of(1, Arbitraries.of(DEEP, "{\"a\":".repeat(3000), "", "\0", "\uFEFF{}")));
        Arbitrary<byte[]> garbage = Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
        return Arbitraries.frequencyOf(
                Tuple.of(20, whole.map(body -> body.getBytes(StandardCharsets.UTF_8))),
                Tuple.of(1, garbage),
                Tuple.of(1, Combinators.combine(whole, garbage).as((body, bytes) -> spoiled(body, bytes))));
    }

    private Arbitrary<String> object(Arbitrary<String> text, Arbitrary<String> value) {
        Arbitrary<String> name = Arbitraries.oneOf(Arbitraries.of(fields), Arbitraries.of(fields), text);
        return Combinators.combine(
                        Combinators.combine(name, value)
                                .as((key, of) -> quoted(key) + ":" + of)
                                .list()
                                .ofMaxSize(6),
                        Arbitraries.integers().between(0, 9),
                        text)
                .as((members, valid, user) -> {
                    List<String> all = new ArrayList<>(members);
                    if (valid > 2) {
                        all.add(0, "\"user_id\":" + quoted(valid > 5 ? "user-" + valid : user));
                    }
                    return "{" + String.join(",", all) + "}";
                });
    }

    /** Half of a body, then bytes that are no UTF-8. */
    private static byte[] spoiled(String body, byte[] bytes) {
        byte[] start = body.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[start.length / 2 + bytes.length];
        System.arraycopy(start, 0, all, 0, start.length / 2);
        System.arraycopy(bytes, 0, all, start.length / 2, bytes.length);
        return all;
    }

    /** JSON text with everything odd escaped, so that halves of pairs and NUL arrive as such. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || c > '\uFFF0') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static List<String> query(JsonObject operation) {
        return operation.getJsonArray("parameters", new JsonArray()).stream()
                .map(parameter -> (JsonObject) parameter)
                .filter(parameter -> "query".equals(parameter.getString("in")))
                .map(parameter -> parameter.getString("name"))
                .toList();
    }

    /** How often each status came, for the report of a failure. */
    static Map<Integer, Long> byStatus(List<Integer> statuses) {
        return statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }
}
