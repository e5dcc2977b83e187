package com.vibnai.abuse;

import com.vibnai.bench.AttributionUnderTest;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is shown as a proof and is none: of being a server, of a user's id, of where a visitor came from. */
final class Proofs {

    private static final String BROWSER = "/v1/attributions?key=" + Secrets.PUBLISHABLE_KEY;
    private static final String LINKS = "/v1/identity-links?key=" + Secrets.PUBLISHABLE_KEY;
    private static final String LINK =
            ",\"website_id\":\"b8d100bf-5f36-4246-bd7f-b93fc522aeae\",\"session_id\":\"4d801085-375f-52d9-8443-058ca5b7d8a2\","
                    + "\"kind\":\"identified\"";

    private Proofs() {}

    static void keys(Stage stage, Findings findings) {
        for (Target target : List.of(stage.attribution(), stage.query())) {
            String path = target.good().target();
            String key = Secrets.READ_KEY;
            for (String parameter : List.of("key", "api_key", "apikey", "token", "access_token", "authorization")) {
                findings.refused(
                        target.name() + ", key in ?" + parameter,
                        target.ask(Request.get(path + "?" + parameter + "=" + key)));
            }
            for (String header : List.of(
                    "X-API-Key: " + key,
                    "Api-Key: " + key,
                    "Cookie: key=" + key + "; Authorization=" + key,
                    "Proxy-Authorization: Bearer " + key,
                    "Authorization: " + key,
                    "Authorization: Basic " + Secrets.base64(key + ":"),
                    "Authorization: Basic " + Secrets.base64(":" + key),
                    "Authorization: Digest " + key,
                    "Authorization: Bearer",
                    "Authorization: Bearer " + key.substring(0, key.length() - 1),
                    "Authorization: Bearer " + key + "x",
                    "Authorization: Bearer " + key + "\0",
                    "Authorization: Bearer " + key + "," + key,
                    "Authorization: Bearer \"" + key + "\"",
                    "Authorization: Bearer " + key.toUpperCase(Locale.ROOT),
                    "Authorization: Bearer " + AttributionUnderTest.digest(key),
                    "Authorization: Bearer " + Secrets.PUBLISHABLE_KEY,
                    "Authorization: Bearer " + Secrets.TOKEN_SECRET,
                    "Authorization: Bearer *",
                    "Authorization: Bearer %",
                    "Authorization: Bearer ' OR 1=1 --",
                    "Authorization: Bearer " + Secrets.CANARY)) {
                findings.refused(target.name() + ", " + header, target.ask(Request.get(path, header)));
            }
            findings.refused(
                    target.name() + ", a wrong key before the right one",
                    target.ask(Request.get(path, Secrets.bearer(Secrets.CANARY), Secrets.bearer(key))));
        }
        Request signup = Request.post("/v1/attributions", "{\"user_id\":\"" + Secrets.NEVER + "key\"}");
        findings.refused("no key", stage.attribution().ask(signup));
        findings.refused("a reading key", stage.attribution().ask(signup.with(Secrets.bearer(Secrets.READ_KEY))));
        for (String key : List.of(Secrets.READ_KEY, Secrets.SERVER_KEY, "pk_unknown_000000", "pk_", Secrets.CANARY)) {
            findings.refused(
                    "key in the address",
                    stage.attribution()
                            .ask(Request.post("/v1/attributions?key=" + key, signed(Secrets.NEVER + "key"))));
            findings.refused(
                    "key in the address, through tracker-web",
                    stage.tracker().ask(Request.post("/a/v1/attributions?key=" + key, signed(Secrets.NEVER + "key"))));
        }
        for (String read : List.of(
                "/v1/attributions", "/v1/attributions/" + stage.user(0), "/v1/reports/health", "/v1/audit-log")) {
            findings.refused(
                    "publishable key for " + read,
                    stage.attribution().ask(Request.get(read + "?key=" + Secrets.PUBLISHABLE_KEY)));
            findings.refused(
                    "server key for " + read,
                    stage.attribution().ask(Request.get(read, Secrets.bearer(Secrets.SERVER_KEY))));
        }
    }

    static void signatures(Stage stage, Findings findings) {
        String user = "signed-user";
        String good = Secrets.signature(user);
        findings.granted(
                "a signature",
                signUp(
                        stage,
                        "{\"user_id\":\"" + user + "\",\"signature\":\"" + good + "\",\"utm_source\":\"first\"}"));
        Reply replay = findings.granted(
                "its replay",
                signUp(
                        stage,
                        "{\"user_id\":\"" + user + "\",\"signature\":\"" + good + "\",\"utm_source\":\"replayed\"}"));
        findings.check(replay.text().contains("\"created\":false"), "a replayed signature created a record");
        Reply stored = findings.granted(
                "what is stored",
                stage.attribution().ask(Request.get("/v1/attributions/" + user, Secrets.bearer(Secrets.READ_KEY))));
        findings.check(
                stored.text().contains("\"first\"") && !stored.text().contains("replayed"),
                "a replayed signature changed the first touch");

        String never = Secrets.NEVER + "user";
        String right = Secrets.signature(never);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (String signature : List.of(
                good,
                "",
                right.toUpperCase(Locale.ROOT),
                right.substring(0, 63),
                right + "0",
                right + " ",
                " " + right,
                right.replace(right.charAt(0), 'g'),
                "0x" + right,
                "0".repeat(64),
                Secrets.signature(""),
                Secrets.signature(never + " "),
                Secrets.signature(never.toUpperCase(Locale.ROOT)),
                Secrets.SIGNING_SECRET,
                "\\u0000",
                "x".repeat(50_000))) {
            wrong.put(signature.substring(0, Math.min(70, signature.length())), "\"" + signature + "\"");
        }
        for (String odd :
                List.of("null", "true", "0", "[]", "{}", "[\"" + right + "\"]", "{\"value\":\"" + right + "\"}")) {
            wrong.put(odd, odd);
        }
        wrong.forEach((what, signature) -> {
            for (String rest : List.of(
                    "",
                    ",\"token\":\"" + Secrets.token("{\"sub\":\"" + never + "\"}") + "\"",
                    ",\"trust\":\"server\"")) {
                String body = "{\"user_id\":\"" + never + "\",\"signature\":" + signature + rest;
                findings.refused("signature " + what, signUp(stage, body + "}"));
                findings.refused(
                        "signature of a link, " + what,
                        stage.attribution().ask(Request.post(LINKS, body + LINK + "}")));
            }
        });
        for (String body : List.of(
                "{\"user_id\":\"" + user + "\",\"user_id\":\"" + never + "\",\"signature\":\"" + good + "\"}",
                "{\"signature\":\"" + good + "\",\"user_id\":\"" + never + "\",\"User_Id\":\"" + user + "\"}",
                "{\"user_id\":\"" + never + "\",\"userId\":\"" + user + "\",\"signature\":\"" + good + "\"}",
                "{\"user_id\":[\"" + user + "\",\"" + never + "\"],\"signature\":\"" + good + "\"}",
                "{\"user_id\":\"" + user + "\\u0000" + never + "\",\"signature\":\"" + good + "\"}",
                "[{\"user_id\":\"" + never + "\",\"signature\":\"" + good + "\"}]",
                signed(user).replace(user, user + " " + never))) {
            findings.refused("two ids, one signature", signUp(stage, body));
            findings.refused(
                    "two ids, one signature, as text",
                    stage.attribution()
                            .ask(new Request(
                                    "POST", BROWSER, List.of("Content-Type: text/plain"), Request.latin1(body))));
            findings.refused(
                    "two ids, one signature, through tracker-web",
                    stage.tracker().ask(Request.post("/a" + BROWSER, body)));
        }
        for (String call : List.of(
                "/v1/attributions/batch", "/v1/identity-links/batch", "/v1/conversions", "/v1/conversions/batch")) {
            findings.refused(
                    "a page for " + call,
                    stage.attribution()
                            .ask(Request.post(
                                    call + "?key=" + Secrets.PUBLISHABLE_KEY,
                                    (call.endsWith("batch") ? "[" : "")
                                            + signed(never)
                                            + (call.endsWith("batch") ? "]" : ""))));
        }
    }

    static void cookies(Stage stage, Findings findings) {
        String touch = "{\"first\":{\"utm_source\":\"google\",\"first_seen_at\":\"2026-01-01T00:00:00Z\"}}";
        int number = 0;
        for (String cookie : List.of(
                touch,
                "vibn_attribution=" + touch,
                "%",
                "%7B%22first%22%3A",
                "%ff%fe",
                "{\"first\":" + "[".repeat(3000),
                "{\"first\":{\"utm_source\":{\"a\":\"b\"},\"first_seen_at\":\"x\"}}",
                "{\"first\":{\"utm_source\":\"" + "x".repeat(5000) + "\"}}",
                "{\"__proto__\":{\"first\":{}},\"constructor\":1}",
                "{\"user_id\":\"" + Secrets.NEVER + "\",\"first\":{\"user_id\":\"" + Secrets.NEVER
                        + "\",\"utm_source\":\"x\",\"google_token\":\"" + Secrets.CANARY
                        + "\",\"first_seen_at\":\"2026-01-01T00:00:00Z\"}}",
                "{\"first\":{\"utm_source\":\"a\\r\\nX-Injected: 1\",\"first_seen_at\":\"2026-01-01T00:00:00Z\"}}",
                "{\"first\":{\"utm_source\":\"\\u0000\",\"first_seen_at\":\"2026-01-01T00:00:00Z\"}}",
                "{\"first\":{\"utm_source\":\"\\ud800\",\"first_seen_at\":\"+999999999-12-31T23:59:59Z\"}}",
                "x".repeat(40_000))) {
            findings.granted(
                    "a signup with a damaged cookie",
                    stage.attribution()
                            .ask(Request.post(
                                    "/v1/attributions",
                                    new JsonObject()
                                            .put("user_id", "cookie-" + number++)
                                            .put("attribution_cookie", cookie)
                                            .encode(),
                                    Secrets.bearer(Secrets.SERVER_KEY),
                                    "Cookie: vibn_attribution="
                                            + cookie.substring(0, Math.min(cookie.length(), 8000)))));
        }
        findings.granted("a touch", stage.tracker().ask(Request.post("/v1/touch", touch, "Origin: http://localhost")));
        for (String body : List.of(
                "{\"first\":{\"utm_source\":\"a\\r\\nX-Injected: 1\",\"first_seen_at\":\"2026-01-01T00:00:00Z\"}}",
                "{\"first\":{\"utm_source\":\"a\\u0000\",\"first_seen_at\":\"2026-01-01T00:00:00Z\"}}",
                touch.replace("google", "x".repeat(2100)),
                touch.replace("google", "\\u00e4".repeat(400)),
                touch.replace("utm_source", "user_id"),
                touch.replace("utm_source", "__proto__"),
                touch.replace("\"utm_source\":", "\"utm_source\":\"a\",\"utm_source\":"),
                touch.replace("2026-01-01T00:00:00Z", "now"),
                touch.replace("\"utm_source\":\"google\"", "\"landing_page\":\"javascript:alert(1)\""),
                touch.replace("\"utm_source\":\"google\"", "\"referrer\":\"data:text/html,x\""),
                touch + touch,
                "[" + touch + "]")) {
            Reply reply = findings.refused(
                    "a touch that the tracker would not write",
                    stage.tracker().ask(Request.post("/v1/touch", body, "Origin: http://localhost")));
            findings.check(reply.header("X-Injected") == null, "a header was injected");
            findings.check(reply.header("Set-Cookie") == null, "a damaged touch was set as a cookie");
        }
        for (String origin : List.of(
                "http://evil.example",
                "null",
                "",
                "http://localhost.evil.example",
                "http://localhost@evil.example",
                "http://evil.example#localhost",
                "http://evil.example/localhost",
                "file://localhost",
                "chrome-extension://localhost",
                "http://localhost, http://evil.example",
                "http://[::1]")) {
            Reply reply = findings.refused(
                    "a touch of " + origin, stage.tracker().ask(Request.post("/v1/touch", touch, "Origin: " + origin)));
            findings.check(reply.header("Set-Cookie") == null, "a page of " + origin + " set a cookie");
            findings.check(
                    reply.header("Access-Control-Allow-Origin") == null,
                    "a page of " + origin + " may read the answer");
        }
        for (String host : List.of(
                "localhost\tX-Injected: 1",
                "com",
                "co.uk",
                "evil.example; Domain=com",
                "a,b",
                "[::1",
                "%0d%0aX-Injected:1")) {
            Reply reply = findings.heard(
                    "a touch for the host " + host,
                    stage.tracker()
                            .ask(Request.post(
                                    "/v1/touch", touch, "Origin: http://" + host, "X-Forwarded-Host: " + host)));
            String cookie = reply.header("Set-Cookie");
            findings.check(reply.header("X-Injected") == null, "a header was injected");
            findings.check(
                    cookie == null || !cookie.matches(".*Domain=(com|co.uk)\\b.*"),
                    "a cookie for everybody: " + cookie);
        }
    }

    private static Reply signUp(Stage stage, String body) {
        return stage.attribution().ask(Request.post(BROWSER, body));
    }

    private static String signed(String user) {
        return "{\"user_id\":\"" + user + "\",\"signature\":\"" + Secrets.signature(user) + "\"}";
    }
}
