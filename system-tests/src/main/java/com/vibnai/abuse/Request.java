package com.vibnai.abuse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One HTTP/1.1 request, byte by byte.
 *
 * @param target as it stands in the request line
 * @param headers lines without their ends; Host and Content-Length are added
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
record Request(String method, String target, List<String> headers, byte[] body) {

    private static final Pattern PROPER = Pattern.compile("(?:[A-Za-z0-9/?:@!$&'()*+,;=._~-]++|%[0-9A-Fa-f]{2})*+");
    private static final Pattern PLAIN = Pattern.compile("[\\t -~]*+");
    private static final int LONGEST_TARGET = 4000;

    static Request get(String target, String... headers) {
        return new Request("GET", target, List.of(headers), new byte[0]);
    }

    static Request post(String target, String body, String... headers) {
        return post(target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static Request post(String target, byte[] body, String... headers) {
        return new Request("POST", target, List.of(headers), body).with("Content-Type: application/json");
    }

    /** The same with another header, unless there is one of its name. */
    Request with(String header) {
        String name = header.substring(0, header.indexOf(':') + 1);
        if (headers.stream().anyMatch(line -> line.regionMatches(true, 0, name, 0, name.length()))) {
            return this;
        }
        List<String> all = new ArrayList<>(headers);
        all.add(header);
        return new Request(method, target, all, body);
    }

    /** A byte for each character. */
    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether its line and headers are what HTTP allows, and not longer than the services take. What is not is refused by the
     * framework, before there is anybody who could say why.
     */
    boolean isProper() {
        return target.length() < LONGEST_TARGET
                && PROPER.matcher(target).matches()
                && headers.stream().allMatch(line -> PLAIN.matcher(line).matches());
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Request whole = with("Host: localhost");
        if (body.length > 0 || !method.equals("GET")) {
            whole = whole.with("Content-Length: " + body.length);
        }
        bytes.writeBytes(
                latin1(method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", whole.headers) + "\r\n\r\n"));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
