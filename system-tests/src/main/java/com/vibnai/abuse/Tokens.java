package com.vibnai.abuse;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Read tokens that nobody gave out, and those that were given out for something else. */
final class Tokens {

    private static final String HEADER = "{\"typ\":\"vibn-read+jwt\",\"alg\":\"HS256\"}";

    private Tokens() {}

    /** What attribution-service gives out for this user. */
    static String of(String userId) {
        return Secrets.token(claims(userId, ""));
    }

    static void run(Stage stage, Findings findings) {
        String user = stage.user(0);
        for (Target target : List.of(stage.attribution(), stage.query())) {
            String path = target.good().target();
            findings.granted(target.name() + ", a token", target.ask(Request.get(path, Secrets.bearer(of(user)))));
            wrong(user, stage.user(1))
                    .forEach((what, token) -> findings.refused(
                            target.name() + ", token " + what, target.ask(Request.get(path, Secrets.bearer(token)))));
            for (String other :
                    List.of("Authorization: Basic ", "Authorization: Token ", "X-Token: ", "Cookie: token=")) {
                findings.refused(
                        target.name() + ", token in " + other, target.ask(Request.get(path, other + of(user))));
            }
            for (String parameter : List.of("token", "access_token", "key", "authorization")) {
                findings.refused(
                        target.name() + ", token in ?" + parameter,
                        target.ask(Request.get(path + "?" + parameter + "=" + of(user))));
            }
        }
        String reads = Secrets.bearer(of(user));
        String reports = Secrets.bearer(Secrets.token(claims(null, "")));
        findings.granted("reports", stage.attribution().ask(Request.get("/v1/reports/health", reports)));
        for (Request request : List.of(
                Request.get("/v1/attributions"),
                Request.get("/v1/conversions"),
                Request.get("/v1/audit-log"),
                Request.get("/v1/users/" + user + "/data"),
                new Request("DELETE", "/v1/users/" + user, List.of(), new byte[0]),
                Request.post("/v1/read-tokens", "{\"user_id\":\"" + stage.user(1) + "\"}"),
                Request.post("/v1/attributions", "{\"user_id\":\"" + Secrets.NEVER + "\"}"),
                Request.post("/v1/identity-links", "{\"user_id\":\"" + Secrets.NEVER + "\"}"),
                Request.post("/v1/conversions", "{\"user_id\":\"" + Secrets.NEVER + "\",\"name\":\"x\"}"),
                Request.post("/v1/retention-runs", "{}"))) {
            for (String token : List.of(reads, reports)) {
                findings.refused(
                        "a read token for " + request.method() + " " + request.target(),
                        stage.attribution().ask(request.with(token)));
            }
        }
        findings.refused(
                "a user's token for reports", stage.attribution().ask(Request.get("/v1/reports/health", reads)));
        findings.refused("a user's token for funnels", stage.query().ask(Request.get("/v1/funnels", reads)));
        findings.refused(
                "reports' token for a user",
                stage.query().ask(Request.get(stage.query().good().target(), reports)));
    }

    /** By what is wrong with each. */
    private static Map<String, String> wrong(String user, String other) {
        String good = of(user);
        String[] parts = good.split("\\.", -1);
        long now = Instant.now().getEpochSecond();
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("of another user", of(other));
        wrong.put("with another payload", parts[0] + "." + Secrets.base64(claims(user, ",\"x\":1")) + "." + parts[2]);
        wrong.put("of another secret", Secrets.token(HEADER, claims(user, ""), "x".repeat(32)));
        wrong.put("of no secret", Secrets.token(HEADER, claims(user, ""), "\0"));
        wrong.put("of the signing secret of user ids", Secrets.token(HEADER, claims(user, ""), Secrets.SIGNING_SECRET));
        wrong.put("of the publishable key", Secrets.token(HEADER, claims(user, ""), Secrets.PUBLISHABLE_KEY));
        for (String header : List.of(
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"none\"}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"None\"}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"\"}",
                "{\"typ\":\"vibn-read+jwt\"}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":null}")) {
            wrong.put("unsigned, " + header, Secrets.base64(header) + "." + parts[1] + ".");
            wrong.put("unsigned with a signature, " + header, Secrets.base64(header) + "." + parts[1] + "." + parts[2]);
        }
        for (String header : List.of(
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"HS512\"}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"RS256\"}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"hs256\"}",
                "{\"typ\":\"JWT\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\"}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"typ\":\"vibn-read+jwt\",\"alg\":\"dir\"}",
                "[]",
                "")) {
            wrong.put("with the header " + header, Secrets.token(header, claims(user, ""), Secrets.TOKEN_SECRET));
        }
        wrong.put(
                "with a key of its own",
                Secrets.token(
                        "{\"typ\":\"vibn-read+jwt\",\"alg\":\"HS256\",\"kid\":\"../../dev/null\",\"jwk\":{\"kty\":\"oct\",\"k\":\""
                                + Secrets.base64("y".repeat(32)) + "\"}}",
                        claims(user, ""),
                        "y".repeat(32)));
        String rest = "\"scope\":\"user\",\"sub\":\"" + user + "\"";
        String ours = "\"iss\":\"vibn-attribution\",\"aud\":\"vibn-read\",";
        wrong.put("that is over", Secrets.token(times(ours + rest, now - 4000, now - 60)));
        wrong.put("for a day", Secrets.token(times(ours + rest, now, now + 86_400)));
        wrong.put("without an end", Secrets.token("{" + ours + rest + ",\"iat\":" + now + "}"));
        wrong.put("without a beginning", Secrets.token("{" + ours + rest + ",\"exp\":" + (now + 600) + "}"));
        wrong.put("whose end is a text", Secrets.token("{" + ours + rest + ",\"iat\":" + now + ",\"exp\":\"never\"}"));
        wrong.put("whose end is 1e400", Secrets.token("{" + ours + rest + ",\"iat\":" + now + ",\"exp\":1e400}"));
        wrong.put("not valid yet", Secrets.token(times(ours + "\"nbf\":" + (now + 600) + "," + rest, now, now + 900)));
        wrong.put(
                "for another audience",
                Secrets.token(times(ours.replace("vibn-read", "other") + rest, now, now + 600)));
        wrong.put(
                "of another issuer",
                Secrets.token(times(ours.replace("vibn-attribution", "other") + rest, now, now + 600)));
        wrong.put("of no issuer", Secrets.token(times("\"aud\":\"vibn-read\"," + rest, now, now + 600)));
        wrong.put(
                "of another scope", Secrets.token(times(ours + rest.replace("\"user\"", "\"admin\""), now, now + 600)));
        wrong.put(
                "of two scopes",
                Secrets.token(times(ours + rest.replace("\"user\"", "[\"user\",\"reports\"]"), now, now + 600)));
        wrong.put(
                "whose subject is a list",
                Secrets.token(times(ours + "\"scope\":\"user\",\"sub\":[\"" + user + "\"]", now, now + 600)));
        wrong.put(
                "whose subject is empty",
                Secrets.token(times(ours + "\"scope\":\"user\",\"sub\":\"\"", now, now + 600)));
        wrong.put("cut off", good.substring(0, good.length() - 6));
        wrong.put("with a fourth part", good + ".x");
        wrong.put("of two parts", parts[0] + "." + parts[1]);
        wrong.put("of one part", parts[0]);
        wrong.put("of dots", "..");
        wrong.put("of five parts", good + "." + parts[1] + "." + parts[2]);
        wrong.put("in the middle of others", "x." + good);
        wrong.put("of 6,000 dots", ".".repeat(6_000));
        return wrong;
    }

    /** For reports if there is no user. */
    private static String claims(@Nullable String user, String more) {
        long now = Instant.now().getEpochSecond();
        String who = user == null ? "\"scope\":\"reports\"" : "\"scope\":\"user\",\"sub\":\"" + user + "\"";
        return times("\"iss\":\"vibn-attribution\",\"aud\":\"vibn-read\"," + who + more, now, now + 900);
    }

    private static String times(String claims, long from, long until) {
        return "{" + claims + ",\"jti\":\"abuse\",\"iat\":" + from + ",\"exp\":" + until + "}";
    }
}
