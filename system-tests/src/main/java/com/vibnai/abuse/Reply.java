package com.vibnai.abuse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one request.
 *
 * @param ending how it ended
 * @param status 0 if there was no answer
 * @param head status line and headers as they came
 * @param body as it came, without its chunks
 * @param took from the first byte sent to the last one read
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record Reply(Ending ending, int status, List<String> head, byte[] body, Duration took) {

    /** How an exchange ends. */
    enum Ending {
        /** With a whole answer. */
        ANSWERED,
        /** With the beginning of an answer that has no end by nature, such as a live stream. */
        STREAMING,
        /** The service closed the connection without an answer. */
        CLOSED,
        /** The service closed the connection in the middle of an answer. */
        CUT,
        /** Nothing came in time. */
        HUNG
    }

    static Reply none(Ending ending, Duration took) {
        return new Reply(ending, 0, List.of(), new byte[0], took);
    }

    boolean is2xx() {
        return status >= 200 && status < 300;
    }

    /** The first header of this name; null without. */
    @Nullable
    String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isProblem() {
        String type = header("Content-Type");
        return type != null && type.startsWith("application/problem+json");
    }

    /** A 503 that says so and when to come again. */
    boolean isDeliberate() {
        return status == 503 && isProblem() && header("Retry-After") != null;
    }

    @Override
    public String toString() {
        String text = text();
        return ending + (status == 0 ? "" : " " + status + " " + text.substring(0, Math.min(300, text.length())));
    }
}
