package com.vibnai.abuse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** HTTP/2 without TLS, frame by frame: what makes a server work much for little. */
final class Http2 {

    private static final byte[] PREFACE = Request.latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PUSH = 5;
    private static final int PING = 6;
    private static final int WINDOW = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private Http2() {}

    /** A frame that cannot be right, or one too many; the service has to end the connection. */
    @SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
    private record Bad(String what, byte[] frames, int times) {}

    static void run(Stage stage, Findings findings) throws IOException {
        for (Target target : stage.targets()) {
            for (Bad bad : bad(target)) {
                try (Wire wire = Wire.open(target.run().port())) {
                    wire.sendWhatIsTaken(PREFACE);
                    wire.sendWhatIsTaken(frame(SETTINGS, 0, 0, new byte[0]));
                    for (int i = 0; i < bad.times() && !(i % 100 == 99 && wire.isClosed()); i++) {
                        wire.sendWhatIsTaken(numbered(bad.frames(), i));
                        findings.sent(1);
                    }
                    findings.check(
                            wire.closes(ENDS_WITHIN), target.name() + " keeps a connection open after " + bad.what());
                }
            }
            upgrade(target, findings);
        }
    }

    private static List<Bad> bad(Target target) {
        byte[] get = headers(target.good().target());
        byte[] reset =
                joined(frame(HEADERS, END_STREAM | END_HEADERS, 1, get), frame(RESET, 0, 1, new byte[] {0, 0, 0, 8}));
        // The service has to reset the stream itself: a window of no size (CVE-2025-8671).
        byte[] madeYouReset =
                joined(frame(HEADERS, END_STREAM | END_HEADERS, 1, get), frame(WINDOW, 0, 1, new byte[] {0, 0, 0, 0}));
        return List.of(
                new Bad("100,000 requests that are taken back", reset, 100_000),
                new Bad("20,000 requests that it had to reset", madeYouReset, 20_000),
                new Bad("headers that do not end", joined(frame(HEADERS, 0, 1, get), continuations(200)), 1),
                new Bad("empty continuations", joined(frame(HEADERS, 0, 1, get), emptyContinuations(50_000)), 1),
                new Bad("garbage after the preface", Request.latin1("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 20),
                new Bad("a frame of 16 MB", new byte[] {(byte) 255, (byte) 255, (byte) 255, HEADERS, 4, 0, 0, 0, 1}, 1),
                new Bad("data for no stream", frame(DATA, 0, 0, new byte[10]), 1),
                new Bad("headers of stream 2", frame(HEADERS, END_STREAM | END_HEADERS, 2, get), 1),
                new Bad("a ping of 5 bytes", frame(PING, 0, 0, new byte[5]), 1),
                new Bad("a push by the client", frame(PUSH, END_HEADERS, 1, new byte[8]), 1),
                new Bad("settings of 7 bytes", frame(SETTINGS, 0, 0, new byte[7]), 1),
                new Bad("a window beyond 2^31", frame(WINDOW, 0, 0, new byte[] {127, -1, -1, -1}), 2),
                new Bad(
                        "HPACK that is none",
                        frame(HEADERS, END_STREAM | END_HEADERS, 1, new byte[] {-1, -1, -1, -1, -1, -1, -1}),
                        1));
    }

    private static void upgrade(Target target, Findings findings) {
        for (String settings : List.of("", "AAMAAABkAAQAAP__", "!!!", "A".repeat(6000))) {
            findings.heard(
                    target.name() + ", h2c upgrade",
                    target.ask(Request.get(
                                    target.good().target(),
                                    "Connection: Upgrade, HTTP2-Settings",
                                    "Upgrade: h2c",
                                    "HTTP2-Settings: " + settings)
                            .bytes()));
        }
        findings.heard(
                target.name() + ", WebSocket upgrade",
                target.ask(Request.get(
                        target.good().target(),
                        "Connection: Upgrade, close",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")));
    }

    /** Literal fields without an index, without Huffman codes. */
    private static byte[] headers(String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String[] field :
                new String[][] {{":method", "GET"}, {":scheme", "http"}, {":authority", "localhost"}, {":path", path}
                }) {
            block.write(0);
            block.write(field[0].length());
            block.writeBytes(Request.latin1(field[0]));
            block.write(field[1].length());
            block.writeBytes(Request.latin1(field[1]));
        }
        return block.toByteArray();
    }

    private static byte[] continuations(int many) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            field.writeBytes(new byte[] {0, 1, 'x', 100});
            field.writeBytes(Request.latin1("v".repeat(100)));
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < many; i++) {
            frames.writeBytes(frame(CONTINUATION, 0, 1, field.toByteArray()));
        }
        return frames.toByteArray();
    }

    private static byte[] emptyContinuations(int many) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < many; i++) {
            frames.writeBytes(frame(CONTINUATION, 0, 1, new byte[0]));
        }
        return frames.toByteArray();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        stream(frame, 0, stream);
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }

    /** The same frames for the next stream of a client: 1, 3, 5 … */
    private static byte[] numbered(byte[] frames, int time) {
        if (time == 0) {
            return frames;
        }
        byte[] next = frames.clone();
        for (int at = 0; at + 9 <= next.length; ) {
            if (next[at + 8] == 1) {
                stream(next, at, 2 * time + 1);
            }
            at += 9 + ((next[at] & 255) << 16) + ((next[at + 1] & 255) << 8) + (next[at + 2] & 255);
        }
        return next;
    }

    private static void stream(byte[] frames, int at, int stream) {
        frames[at + 5] = (byte) (stream >> 24);
        frames[at + 6] = (byte) (stream >> 16);
        frames[at + 7] = (byte) (stream >> 8);
        frames[at + 8] = (byte) stream;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
