package com.vibnai.abuse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Bodies that are made to cost their reader something. */
final class HostileJson {

    private static final String KEY = Secrets.bearer(Secrets.ADMIN_KEY);
    private static final int DEEP = 100_000;
    private static final List<String> OF_A_USER =
            List.of("/v1/attributions", "/v1/identity-links", "/v1/conversions", "/v1/read-tokens");
    private static final List<String> OTHERS = List.of(
            "/v1/attributions/batch",
            "/v1/identity-links/batch",
            "/v1/conversions/batch",
            "/v1/channels/classify",
            "/v1/channels/classify/batch",
            "/v1/journeys/batch",
            "/v1/retention-runs");

    private HostileJson() {}

    static void run(Stage stage, Findings findings) {
        Map<String, byte[]> bodies = bodies();
        bodies.forEach((what, body) -> {
            for (String call : OF_A_USER) {
                findings.refused(
                        "POST " + call + ", " + what, stage.attribution().ask(Request.post(call, body, KEY)));
            }
            // Each item of a batch has a status of its own, and some calls need no field.
            for (String call : OTHERS) {
                findings.heard("POST " + call + ", " + what, stage.attribution().ask(Request.post(call, body, KEY)));
            }
            findings.heard(
                    "PUT follower, " + what,
                    stage.attribution()
                            .ask(new Request("PUT", "/v1/followers/abuse", List.of(KEY), body)
                                    .with("Content-Type: application/json")));
            findings.refused(
                    "tracker-web, " + what,
                    stage.tracker().ask(Request.post("/v1/touch", body, "Origin: http://localhost")));
            findings.refused(
                    "through tracker-web, " + what,
                    stage.tracker().ask(Request.post("/a/v1/attributions?key=" + Secrets.PUBLISHABLE_KEY, body)));
        });
        // What nobody asked for is dropped unread, however odd it is.
        for (String odd : List.of(
                "{\"user_id\":\"odd-1\",\"google_token\":\"" + Secrets.CANARY + "\",\"password\":{\"a\":[\""
                        + Secrets.CANARY + "\"]}}",
                "{\"user_id\":\"odd-2\",\"n\":" + "9".repeat(900) + "}",
                "{\"user_id\":\"odd-3\",\"list\":[" + "0,".repeat(20_000) + "0]}",
                "{\"user_id\":\"odd-4\",\"deep\":" + "[".repeat(400) + "]".repeat(400) + "}")) {
            findings.granted(
                    "what nobody asked for", stage.attribution().ask(Request.post("/v1/attributions", odd, KEY)));
        }
    }

    static void gzip(Stage stage, Findings findings) throws IOException {
        byte[] bomb = compressed("{\"user_id\":\"" + Secrets.NEVER + "\",\"x\":\"" + "a".repeat(60 << 20) + "\"}");
        byte[] small = compressed("{\"user_id\":\"" + Secrets.NEVER + "\"}");
        for (String encoding : List.of("gzip", "GZIP", "x-gzip", "deflate", "br", "gzip, gzip", "identity, gzip")) {
            for (byte[] body : List.of(bomb, small)) {
                for (String call : OF_A_USER) {
                    findings.refused(
                            "POST " + call + ", " + encoding,
                            stage.attribution().ask(Request.post(call, body, KEY, "Content-Encoding: " + encoding)));
                }
                for (String call : OTHERS) {
                    findings.heard(
                            "POST " + call + ", " + encoding,
                            stage.attribution().ask(Request.post(call, body, KEY, "Content-Encoding: " + encoding)));
                }
                findings.refused(
                        "tracker-web, " + encoding,
                        stage.tracker()
                                .ask(Request.post(
                                        "/v1/touch",
                                        body,
                                        "Origin: http://localhost",
                                        "Content-Encoding: " + encoding)));
                findings.refused(
                        "through tracker-web, " + encoding,
                        stage.tracker()
                                .ask(Request.post(
                                        "/a/v1/attributions?key=" + Secrets.PUBLISHABLE_KEY,
                                        body,
                                        "Content-Encoding: " + encoding)));
                findings.refused(
                        "umami-query-service, " + encoding,
                        stage.query().ask(Request.post("/v1/source", body, KEY, "Content-Encoding: " + encoding)));
            }
        }
    }

    /** By what is wrong with each. */
    private static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        String user = "{\"user_id\":\"" + Secrets.NEVER + "\",";
        text(bodies, "100,000 arrays", "[".repeat(DEEP));
        text(bodies, "20,000 objects", "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000));
        text(bodies, "arrays in a field", user + "\"utm_source\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");
        text(
                bodies,
                "depth in a field nobody asked for",
                user + "\"x\":" + "[".repeat(25_000) + "]".repeat(25_000) + "}");
        text(bodies, "an exponent", user.replace("\"" + Secrets.NEVER + "\"", "1e999999999") + "\"x\":1}");
        text(bodies, "a number of 50,000 digits", "{\"user_id\":" + "9".repeat(50_000) + "}");
        text(bodies, "a name of 60,000 characters", user + "\"" + "n".repeat(60_000) + "\":1}");
        text(bodies, "an unfinished text", "{\"user_id\":\"" + Secrets.NEVER);
        text(bodies, "two values", "{\"user_id\":\"\"}{}");
        text(bodies, "NaN", user + "\"x\":NaN}");
        text(bodies, "a comment", user + "/* */\"x\":1}");
        text(bodies, "single quotes", "{'user_id':'" + Secrets.NEVER + "'}");
        text(bodies, "a text", "\"" + Secrets.NEVER + "\"");
        text(bodies, "null", "null");
        text(bodies, "nothing", "");
        bodies.put("UTF-16", "{\"user_id\":\"\"}".getBytes(StandardCharsets.UTF_16BE));
        bodies.put("bytes that are no UTF-8", Request.latin1(user + "\"utm_source\":\"\u00ff\u00fe\u00c0\u00af\"}"));
        bodies.put("overlong UTF-8", Request.latin1("{\"user_id\":\"\u00c0\u0080\"}"));
        bodies.put("a surrogate in UTF-8", Request.latin1("{\"user_id\":\"\u00ed\u00a0\u0080\"}"));
        return bodies;
    }

    private static void text(Map<String, byte[]> bodies, String what, String text) {
        bodies.put(what, Request.latin1(text));
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Request.latin1(text));
        }
        return bytes.toByteArray();
    }
}
