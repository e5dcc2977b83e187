package com.vibnai.abuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values for a schema: right ones, those at its borders, and those that nobody should send. */
final class Values {

    /** How right a value is. */
    enum Kind {
        RIGHT,
        BORDER,
        WRONG
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;
    private static final List<String> WORDS = List.of(
            "google",
            "cpc",
            "spring-launch",
            "newsletter",
            "EUR",
            "channel",
            "week",
            "Europe/Berlin",
            "user-42",
            "purchase",
            "https://www.example.com/pricing?utm_source=x",
            "2026-11-20T09:30:00Z",
            "2026-11-20",
            "before_login");
    private static final List<String> BORDERS = List.of(
            "",
            " ",
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(2048),
            "0",
            "-1",
            "1",
            "500",
            "501",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "2026-12-31T23:59:60Z",
            "2026-02-30T00:00:00Z",
            "2026-11-20T09:30:00+14:00",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "+10000-01-01T00:00:00Z",
            "294276-12-31",
            "-4713-01-01",
            "1970-01-01",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "\u00e4\u00f6\u00fc\u00df",
            "\ud83d\ude00");
    private static final List<String> HOSTILE = List.of(
            "\0",
            "a\0b",
            "\ud83d",
            "\udc00\ud800",
            "\ufffe\uffff",
            "\u202e\u200b\ufeff",
            "\ud83d\ude00".repeat(300),
            "x".repeat(4000),
            "\r\nX-Injected: 1",
            "'; DROP TABLE attributions; --",
            "' OR '1'='1",
            "$1",
            "%",
            "_",
            "\\",
            "${jndi:ldap://127.0.0.1:1/x}",
            "#{1+1}",
            "{{7*7}}",
            "../../../../etc/passwd",
            "/",
            ";",
            "%2e%2e%2f",
            "%zz",
            "+",
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A0",
            "NaN",
            "1e400",
            "-0.0",
            "null",
            "undefined",
            "[object Object]",
            "true",
            "http://[::1]:99999999/",
            "http://a@b@c/",
            "https://" + "a.".repeat(200) + "com/",
            "android-app://com.slack/",
            "javascript:alert(1)",
            "Etc/GMT+99",
            "../Europe/Berlin",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "e30",
            "eyJhIjoxfQ",
            "AAAA");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1.0",
            "0.1",
            "1e400",
            "-1e400",
            "1E-999999999",
            "1E999999999",
            "9".repeat(400),
            "0." + "1".repeat(400),
            "2147483648",
            "9223372036854775808",
            "99999999999999999999.99",
            "NaN",
            "01",
            "1e",
            "Infinity",
            "0x10");

    private final Random random;
    private final Contract contract;

    Values(Random random, Contract contract) {
        this.random = random;
        this.contract = contract;
    }

    /** For a query, a path or a header. */
    String text(JsonNode schema, Kind kind) {
        return switch (kind) {
            case RIGHT -> right(schema);
            case BORDER ->
                schema.path("type").asText().equals("integer") && random.nextBoolean()
                        ? Long.toString(schema.path(random.nextBoolean() ? "maximum" : "minimum")
                                        .asLong(0)
                                + random.nextInt(3)
                                - 1)
                        : one(BORDERS);
            case WRONG -> random.nextInt(3) == 0 ? noise(40) : one(HOSTILE);
        };
    }

    /** For a body; what is wrong is wrong by {@link #spoil} only. */
    JsonNode json(JsonNode schema, int depth) {
        JsonNode resolved = contract.resolved(schema);
        String type = resolved.path("type").isArray()
                ? resolved.path("type").path(0).asText()
                : resolved.path("type").asText();
        if (type.equals("object") || resolved.has("properties")) {
            return object(resolved, depth);
        }
        if (type.equals("array")) {
            ArrayNode array = NODES.arrayNode();
            for (int i = random.nextInt(4); i > 0 && depth < DEEPEST; i--) {
                array.add(json(resolved.path("items"), depth + 1));
            }
            return array;
        }
        return switch (type) {
            case "integer" -> NODES.numberNode(random.nextInt(400));
            case "number" -> NODES.numberNode(random.nextInt(10_000) / 100.0);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.textNode(right(resolved));
        };
    }

    /** Makes one thing in {@code whole} wrong; the result may be no JSON any more. */
    JsonNode spoil(JsonNode whole) {
        JsonNode at = whole;
        while (at.size() > 0 && at.elements().hasNext() && random.nextInt(3) > 0) {
            JsonNode child = child(at);
            if (!child.isContainerNode()) {
                break;
            }
            at = child;
        }
        if (at instanceof ObjectNode object) {
            String name = object.isEmpty() || random.nextInt(4) == 0 ? one(WORDS) : name(object);
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 ->
                    object.set(name, NODES.arrayNode().add(object.path(name).deepCopy()));
                case 2 -> object.set(noise(12), odd());
                default -> object.set(name, odd());
            }
        } else if (at instanceof ArrayNode array) {
            if (random.nextBoolean() || array.isEmpty()) {
                array.add(odd());
            } else {
                array.set(random.nextInt(array.size()), odd());
            }
        } else {
            return odd();
        }
        return whole;
    }

    String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Any characters, halves of pairs too. */
    String noise(int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest) + 1; i > 0; i--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").properties().forEach(property -> {
            boolean required = schema.path("required").toString().contains("\"" + property.getKey() + "\"");
            if ((required || random.nextInt(3) > 0) && depth < DEEPEST) {
                object.set(property.getKey(), json(property.getValue(), depth + 1));
            }
        });
        return object;
    }

    private String right(JsonNode schema) {
        JsonNode values = schema.has("enum") ? schema.path("enum") : schema.path("examples");
        if (!values.isEmpty() && random.nextInt(4) > 0) {
            return values.path(random.nextInt(values.size())).asText();
        }
        if (schema.path("type").asText().equals("integer")) {
            int most = (int) Math.min(schema.path("maximum").asLong(100), 1000);
            return Integer.toString(1 + random.nextInt(Math.max(1, most)));
        }
        return switch (schema.path("format").asText()) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "date" -> "2026-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10);
            case "date-time" -> "2026-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + "T10:00:00Z";
            default -> one(WORDS);
        };
    }

    /** A value that does not fit where it comes, written as it stands. */
    private JsonNode odd() {
        return switch (random.nextInt(8)) {
            case 0 -> NODES.nullNode();
            case 1 -> raw(one(NUMBERS));
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.textNode(one(BORDERS));
            case 4 -> NODES.textNode(noise(60));
            case 5 -> random.nextBoolean() ? NODES.arrayNode() : NODES.objectNode();
            case 6 -> raw("[".repeat(40) + "]".repeat(40));
            default -> NODES.textNode(one(HOSTILE));
        };
    }

    private JsonNode child(JsonNode parent) {
        return parent.isObject() ? parent.path(name((ObjectNode) parent)) : parent.path(random.nextInt(parent.size()));
    }

    private String name(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return one(names);
    }

    private static JsonNode raw(String json) {
        return new POJONode(new RawValue(json));
    }
}
