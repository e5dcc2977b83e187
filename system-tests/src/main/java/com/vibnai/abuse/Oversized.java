package com.vibnai.abuse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** More of everything than anybody needs. */
final class Oversized {

    private static final int MB = 1 << 20;
    private static final String KEY = Secrets.bearer(Secrets.SERVER_KEY);

    private Oversized() {}

    static void run(Stage stage, Findings findings) throws IOException {
        for (Target target : stage.targets()) {
            heads(target, findings);
            bodies(target, findings);
        }
    }

    private static void heads(Target target, Findings findings) {
        String name = target.name() + ", ";
        String good = target.good().target();
        for (int length : new int[] {5_000, 100_000, 4 * MB}) {
            refused(findings, name + "request line of " + length, target, Request.get("/" + "a".repeat(length)));
            refused(findings, name + "query of " + length, target, Request.get(good + "?x=" + "a".repeat(length), KEY));
            refused(
                    findings,
                    name + "method of " + length,
                    target,
                    new Request("A".repeat(length), good, List.of(), new byte[0]));
        }
        for (int length : new int[] {21_000, MB, 16 * MB}) {
            refused(findings, name + "header of " + length, target, Request.get(good, "X-Long: " + "a".repeat(length)));
            refused(findings, name + "name of " + length, target, Request.get(good, "X".repeat(length) + ": a"));
            refused(findings, name + "key of " + length, target, Request.get(good, Secrets.bearer("k".repeat(length))));
            refused(
                    findings,
                    name + "cookie of " + length,
                    target,
                    Request.get(good, "Cookie: " + "a=b; ".repeat(length / 4)));
        }
        for (int many : new int[] {5_000, 200_000}) {
            List<String> headers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                headers.add("X-" + i + ": " + i);
            }
            refused(findings, name + many + " headers", target, new Request("GET", good, headers, new byte[0]));
        }
        StringBuilder parameters = new StringBuilder(good).append("?a=b");
        for (int i = 0; i < 500; i++) {
            parameters.append("&p").append(i).append('=');
        }
        findings.heard(name + "500 parameters", target.ask(Request.get(parameters.toString(), KEY)));
    }

    private static void bodies(Target target, Findings findings) throws IOException {
        String path = target.name().equals("tracker-web") ? "/v1/touch" : "/v1/attributions";
        byte[] user = Request.latin1("{\"user_id\":\"" + Secrets.NEVER + "\",\"x\":\"" + "a".repeat(MB) + "\"}");
        String name = target.name() + ", ";
        findings.refused(name + "body of 1 MB", target.ask(Request.post(path, user, KEY)));
        findings.refused(
                name + "batch of 20 MB",
                target.ask(Request.post(path + "/batch", "[" + " ".repeat(20 * MB) + "]", KEY)));
        byte[] head = Request.latin1("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + KEY
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = Request.latin1("10000\r\n" + "a".repeat(0x10000) + "\r\n");
        try (Wire wire = Wire.open(target.run().port())) {
            wire.sendWhatIsTaken(head);
            for (int i = 0; i < 512; i++) {
                wire.sendWhatIsTaken(chunk);
            }
            wire.sendWhatIsTaken(Request.latin1("0\r\n\r\n"));
            findings.refused(name + "32 MB in chunks", wire.read(Findings.ANSWERS_WITHIN));
        }
        for (String length :
                List.of("9223372036854775807", "99999999999999999999", "4294967296", "-1", "1e3", "0x10")) {
            findings.refused(
                    name + "Content-Length: " + length,
                    target.ask(Request.post(path, "{}", KEY, "Content-Length: " + length)
                            .bytes()));
        }
        for (String chunked : List.of(
                "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
                "-1\r\n{}\r\n0\r\n\r\n",
                "zz\r\n{}\r\n0\r\n\r\n",
                "2;" + "x".repeat(100_000) + "\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\n" + "X-Trailer: a\r\n".repeat(20_000) + "\r\n")) {
            try (Wire wire = Wire.open(target.run().port())) {
                wire.sendWhatIsTaken(head);
                wire.sendWhatIsTaken(Request.latin1(chunked));
                findings.refused(
                        name + "chunk " + chunked.substring(0, 10).replace("\r\n", " "),
                        wire.read(Findings.ANSWERS_WITHIN));
            }
        }
    }

    private static void refused(Findings findings, String what, Target target, Request request) {
        findings.refused(what, target.ask(request));
    }
}
