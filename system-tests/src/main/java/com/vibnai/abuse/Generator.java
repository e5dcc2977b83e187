package com.vibnai.abuse;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.vibnai.abuse.Values.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes requests to all calls of some contracts. The same seed and number make the same request. */
final class Generator {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
            .build();
    private static final List<Kind> KINDS = List.of(Kind.RIGHT, Kind.BORDER, Kind.WRONG);
    private static final List<String> MEDIA_TYPES = List.of(
            "application/json",
            "text/plain",
            "text/csv",
            "application/x-ndjson",
            "text/event-stream",
            "*/*",
            "text/html",
            "application/json; charset=utf-16",
            "application/json;q=0",
            "nonsense",
            "a/b/c",
            ";",
            "application/*+json",
            "\"");
    private static final List<String> HEADERS = List.of(
            "Accept-Language",
            "Accept-Encoding",
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Last-Event-ID",
            "Cookie",
            "Referer",
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "traceparent",
            "X-Request-ID",
            "Content-Language",
            "Sec-GPC",
            "DNT");
    private static final Map<String, List<String>> SCOPES = Map.of(
            Secrets.ADMIN_KEY, List.of("ingest", "read", "admin"),
            Secrets.READ_KEY, List.of("read"),
            Secrets.SERVER_KEY, List.of("ingest"));

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Contract> contracts;
    private final List<String> users;
    private final long seed;

    /**
     * For these contracts, by the name of the service.
     *
     * @param users that exist
     */
    Generator(Map<String, Contract> contracts, List<String> users, long seed) {
        this.contracts = contracts;
        this.users = users;
        this.seed = seed;
        contracts.values().forEach(contract -> calls.addAll(contract.calls()));
    }

    List<Call> calls() {
        return calls;
    }

    Generated request(long number) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L);
        // The first numbers of neighbouring seeds are alike.
        random.nextLong();
        Call call = calls.get(random.nextInt(calls.size()));
        Contract contract = contracts.get(call.service());
        if (contract == null) {
            throw new IllegalStateException(call.service());
        }
        Values values = new Values(random, contract);
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        String key = key(call, random);
        boolean allowed = call.scopes().isEmpty()
                || SCOPES.getOrDefault(key, List.of()).stream().anyMatch(call.scopes()::contains);
        List<String> headers = new ArrayList<>();
        if (!key.isEmpty()) {
            headers.add(Secrets.bearer(key));
        }
        headers.add("Accept: " + (random.nextInt(4) > 0 ? "application/json" : values.one(MEDIA_TYPES)));
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            headers.add(values.one(HEADERS) + ": " + header(values.text(JsonNodeFactory.instance.objectNode(), kind)));
        }
        byte[] body = new byte[0];
        if (!call.bodies().isEmpty() || random.nextInt(30) == 0) {
            Call.Body form = call.bodies().isEmpty()
                    ? new Call.Body("application/json", JsonNodeFactory.instance.objectNode(), null)
                    : call.bodies().get(random.nextInt(call.bodies().size()));
            headers.add("Content-Type: " + (random.nextInt(8) > 0 ? form.mediaType() : values.one(MEDIA_TYPES)));
            body = body(call, form, kind, allowed, values, random);
        }
        return new Generated(
                call, new Request(call.method(), target(call, kind, values, random), headers, body), allowed, number);
    }

    /** Mostly one that may. */
    private static String key(Call call, Random random) {
        if (call.scopes().isEmpty()) {
            return "";
        }
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> Secrets.CANARY;
            case 2 -> Secrets.READ_KEY;
            case 3 -> Secrets.SERVER_KEY;
            default -> call.service().equals("attribution-service") ? Secrets.ADMIN_KEY : Secrets.READ_KEY;
        };
    }

    private String target(Call call, Kind kind, Values values, Random random) {
        String path = call.path();
        List<String> query = new ArrayList<>();
        for (Call.Parameter parameter : call.parameters()) {
            if (parameter.in().equals("path")) {
                String value = kind == Kind.RIGHT && parameter.name().equals("user_id")
                        ? user(call, random)
                        : values.text(parameter.schema(), kind);
                path = path.replace("{" + parameter.name() + "}", encoded(value.isEmpty() ? " " : value, random));
            } else if (parameter.in().equals("query") && random.nextInt(3) == 0) {
                Kind one = random.nextInt(3) > 0 ? Kind.RIGHT : kind;
                query.add(parameter.name() + "=" + encoded(values.text(parameter.schema(), one), random));
            }
        }
        if (kind == Kind.WRONG && random.nextInt(4) == 0) {
            query.add(encoded(values.noise(8), random) + (random.nextBoolean() ? "=" : ""));
        }
        if (!query.isEmpty() && random.nextInt(10) == 0) {
            query.add(query.get(0));
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** What is erased or written over must not be what others are reading. */
    private String user(Call call, Random random) {
        return call.method().equals("GET") ? users.get(random.nextInt(users.size())) : "fuzz-" + random.nextInt(50);
    }

    private static byte[] body(Call call, Call.Body form, Kind kind, boolean allowed, Values values, Random random) {
        JsonNode example = form.example();
        JsonNode whole = example != null && random.nextBoolean() && example.isContainerNode()
                ? example.deepCopy()
                : values.json(form.schema(), 0);
        if (whole instanceof ObjectNode object
                && form.schema().path("properties").has("user_id")) {
            object.put("user_id", allowed ? "fuzz-" + random.nextInt(5000) : Secrets.NEVER + "fuzz");
            object.put("google_token", Secrets.CANARY);
        }
        for (int i = kind == Kind.RIGHT ? 0 : 1 + random.nextInt(3); i > 0; i--) {
            whole = values.spoil(whole);
        }
        byte[] bytes = written(call, form, whole, random);
        return kind == Kind.WRONG && random.nextInt(3) == 0 ? damaged(bytes, random) : bytes;
    }

    private static byte[] written(Call call, Call.Body form, JsonNode whole, Random random) {
        String text;
        try {
            text = JSON.writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            // Half of a pair of characters, which no UTF-8 can hold.
            text = "{\"\\ud800\":1}";
        }
        if (form.mediaType().contains("ndjson")) {
            text = (text + "\n").repeat(1 + random.nextInt(3));
        } else if (call.path().endsWith("/batch") && whole.isObject() && random.nextBoolean()) {
            text = "[" + text + "]";
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes changed, taken out, put in, doubled. */
    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] result = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && result.length > 1; i--) {
            int at = random.nextInt(result.length);
            switch (random.nextInt(4)) {
                case 0 -> result[at] = (byte) random.nextInt(256);
                case 1 -> result = Arrays.copyOf(result, at);
                case 2 -> result[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    byte[] longer = Arrays.copyOf(result, result.length * 2 - at);
                    System.arraycopy(result, at, longer, result.length, result.length - at);
                    result = longer;
                }
            }
        }
        return result;
    }

    private static String encoded(String text, Random random) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        // Some send bytes as they are.
        return random.nextInt(20) == 0 ? text.replaceAll("[^!-~\u00a1-\u00ff]|[#?]", "") + "x" : encoded;
    }

    private static String header(String value) {
        return value.replaceAll("[^\\t -~\u00a1-\u00ff]", "");
    }
}
