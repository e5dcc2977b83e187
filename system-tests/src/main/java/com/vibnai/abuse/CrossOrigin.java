package com.vibnai.abuse;

import com.vibnai.stage.Shell;
import com.vibnai.stage.StageFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a page of a foreign origin tries in a browser, and what the same page may when its origin is let in. */
final class CrossOrigin {

    /** Origin, without its port, whose pages may sign up. */
    static final String ALLOWED = "http://allowed.test";
    /** Origin, without its port, whose pages may read with a token. */
    static final String CONSOLE = "http://console.test";

    private static final String SCRIPT = "system-tests/src/abuse/crossOrigin.mjs";

    private CrossOrigin() {}

    static void run(Stage stage, Findings findings) {
        JsonObject settings = new JsonObject()
                .put("port", stage.pages())
                .put("attribution", stage.attribution().run().url())
                .put("query", stage.query().run().url())
                .put("tracker", stage.tracker().run().url())
                .put("user", stage.user(0))
                .put("token", Tokens.of(stage.user(0)))
                .put("readKey", Secrets.READ_KEY)
                .put("publishableKey", Secrets.PUBLISHABLE_KEY)
                .put("never", Secrets.NEVER + "cross-origin")
                .put("neverSignature", Secrets.signature(Secrets.NEVER + "cross-origin"))
                .put("allowedUser", "cross-origin-user")
                .put("allowedSignature", Secrets.signature("cross-origin-user"));
        String output = Shell.run(
                Duration.ofMinutes(2),
                Map.of("ABUSE_SETTINGS", settings.encode()),
                List.of("node", stage.root().resolve(SCRIPT).toString()));
        JsonArray attempts;
        try {
            attempts = new JsonArray(output.strip().replaceFirst("(?s)^.*\n", ""));
        } catch (DecodeException e) {
            throw new StageFailure("The page of the foreign origin said: " + output);
        }
        findings.sent(attempts.size());
        for (Object attempt : attempts) {
            JsonObject tried = (JsonObject) attempt;
            findings.check(
                    tried.getString("expected").equals(tried.getString("got")),
                    tried.getString("what") + ": " + tried.getString("got") + " instead of "
                            + tried.getString("expected"));
        }
    }
}
