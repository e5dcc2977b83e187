package com.vibnai.abuse;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Messages of which two readers might see different ends: what hides a request from a proxy. */
final class Framing {

    private static final Duration A_MOMENT = Duration.ofMillis(700);
    private static final String KEY = Secrets.bearer(Secrets.SERVER_KEY);

    private Framing() {}

    static void run(Stage stage, Findings findings) throws IOException {
        for (Target target : stage.targets()) {
            for (Map.Entry<String, String> form : forms(target).entrySet()) {
                hidden(target, form.getKey(), form.getValue(), findings);
            }
            pipeline(target, findings);
            for (String hosts : List.of("Host: localhost\r\nHost: example.com", "Host: localhost\r\nhost: localhost")) {
                Request good = target.good();
                findings.refused(
                        target.name() + ", two Hosts",
                        target.ask(new Request("GET", good.target(), append(good.headers(), hosts), new byte[0])));
            }
        }
    }

    static void methods(Stage stage, Findings findings) {
        for (Target target : stage.targets()) {
            String good = target.good().target();
            for (String method : List.of(
                    "TRACE",
                    "TRACK",
                    "CONNECT",
                    "PROPFIND",
                    "DEBUG",
                    "get",
                    "G ET",
                    "",
                    "DELETE",
                    "PATCH",
                    "X".repeat(200))) {
                findings.refused(
                        target.name() + ", method " + method,
                        target.ask(new Request(method, good, List.of(KEY, "X-Echo: " + Secrets.CANARY), new byte[0])));
            }
            for (String line : List.of(
                    "GET " + good,
                    "GET " + good + " HTTP/0.9",
                    "GET " + good + " HTTP/3.0",
                    "GET " + good + " HTTP/1.1 HTTP/1.1",
                    "GET " + good + " FTP/1.1",
                    "GET",
                    "",
                    "GET  HTTP/1.1",
                    "GET http://example.com" + good + " HTTP/1.1",
                    "GET * HTTP/1.1",
                    "\0\0\0\0")) {
                findings.heard(
                        target.name() + ", request line " + line,
                        target.ask(
                                Request.latin1(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                                A_MOMENT.multipliedBy(8)));
            }
            // A client that speaks TLS to a port that does not.
            findings.heard(
                    target.name() + ", TLS",
                    target.ask(Request.latin1("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003"
                            + "x".repeat(500) + "\r\n\r\n")));
        }
    }

    /** The request that a proxy would not see; it must not be carried out, unless the first one was rightly read. */
    private static void hidden(Target target, String what, String bytes, Findings findings) throws IOException {
        try (Wire wire = Wire.open(target.run().port())) {
            wire.sendWhatIsTaken(Request.latin1(bytes));
            Reply first = findings.heard(target.name() + ", " + what, wire.read(Duration.ofSeconds(3)));
            if (first.ending() != Reply.Ending.ANSWERED) {
                return;
            }
            Reply second = wire.read(A_MOMENT);
            findings.check(
                    second.status() == 0 || second.status() == 400,
                    target.name() + ", " + what + ": the hidden request was answered with " + second.status());
        }
    }

    private static List<String> append(List<String> headers, String more) {
        return Stream.concat(headers.stream(), Stream.of(more)).toList();
    }

    private static void pipeline(Target target, Findings findings) throws IOException {
        byte[] good = target.good().bytes();
        try (Wire wire = Wire.open(target.run().port())) {
            for (int i = 0; i < 200; i++) {
                wire.sendWhatIsTaken(good);
            }
            for (int i = 0; i < 200; i++) {
                findings.granted(
                        target.name() + ", request " + i + " of a pipeline", wire.read(Findings.ANSWERS_WITHIN));
            }
            wire.sendWhatIsTaken(Request.latin1("\u0001\u0002garbage in the pipeline\r\n\r\n"));
            findings.refused(target.name() + ", garbage in a pipeline", wire.read(Findings.ANSWERS_WITHIN));
        }
    }

    private static Map<String, String> forms(Target target) {
        String path = target.writes() ? "/v1/attributions" : target.good().target();
        String user = "{\"user_id\":\"" + Secrets.NEVER + "x\"}";
        String hidden = "POST /v1/attributions HTTP/1.1\r\nHost: localhost\r\n" + KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + user.length() + "\r\n\r\n" + user;
        String start =
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + KEY + "\r\nContent-Type: application/json\r\n";
        String chunked = "2\r\n{}\r\n0\r\n\r\n";
        int all = chunked.length() + hidden.length();
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put(
                "CL.TE",
                start + "Content-Length: " + all + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked + hidden);
        forms.put(
                "TE.CL",
                start + "Transfer-Encoding: chunked\r\nContent-Length: " + all + "\r\n\r\n" + chunked + hidden);
        for (String encoding : List.of(
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\tchunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:\u000bchunked",
                "X: y\nTransfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "Transfer-Encoding\r\n : chunked",
                " Transfer-Encoding: chunked",
                "Transfer_Encoding: chunked",
                "Transfer-Encoding\0: chunked")) {
            forms.put(
                    "CL and " + encoding.replace("\r\n", "\\r\\n"),
                    start + "Content-Length: " + all + "\r\n" + encoding + "\r\n\r\n" + chunked + hidden);
        }
        for (String lengths : List.of(
                "Content-Length: 2\r\nContent-Length: " + (2 + hidden.length()),
                "Content-Length: 2, " + (2 + hidden.length()),
                "Content-Length: +2",
                "Content-Length: 2 3",
                "Content-Length: 02\0",
                "Content-Length : 2",
                "Content-Length: 0x2",
                "Content-Length: 2\r\n\u00a0Content-Length: 0")) {
            forms.put(lengths.replace("\r\n", "\\r\\n"), start + lengths + "\r\n\r\n{}" + hidden);
        }
        forms.put("a header without a colon", start + "Nonsense\r\nContent-Length: 2\r\n\r\n{}" + hidden);
        forms.put("CR CR LF", start + "X: y\r\r\nContent-Length: 2\r\r\n\r\r\n{}" + hidden);
        forms.put(
                "HTTP/1.0 and TE",
                start.replaceFirst("1\\.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n" + chunked + hidden);
        return forms;
    }
}
