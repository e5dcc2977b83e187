package com.vibnai.abuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names for what must not be reached, that a check might not recognize. */
final class Paths {

    private static final List<String> FILES = List.of(
            "application.properties",
            "META-INF/MANIFEST.MF",
            "META-INF/resources/index.html",
            "com/vibnai/tracker/script/ScriptFiles.class",
            "etc/passwd",
            "console/console.css",
            "sdk/tracker.js");

    private Paths() {}

    static void run(Stage stage, Findings findings) {
        withoutKey(stage.attribution(), "/v1/attributions/" + stage.user(1), findings);
        withoutKey(stage.attribution(), "/v1/audit-log", findings);
        withoutKey(stage.attribution(), "/v1/users/" + stage.user(1) + "/data", findings);
        withoutKey(stage.query(), "/v1/users/" + stage.user(1) + "/funnel", findings);
        withoutKey(stage.query(), "/v1/source", findings);
        for (Target target : stage.targets()) {
            management(target, findings);
        }
        anotherUser(stage.attribution(), "/v1/attributions/", "", stage, findings);
        anotherUser(stage.attribution(), "/v1/users/", "/identity-links", stage, findings);
        anotherUser(stage.query(), "/v1/users/", "/funnel", stage, findings);
        anotherUser(stage.query(), "/v1/users/", "/trail", stage, findings);
        files(stage.tracker(), findings);
    }

    private static void withoutKey(Target target, String path, Findings findings) {
        for (String form : forms(path)) {
            findings.refused(target.name() + " without a key: " + form, target.ask(Request.get(form)));
            findings.refused(
                    target.name() + " without a key: " + form,
                    target.ask(Request.get("/", "X-Original-URL: " + form, "X-Rewrite-URL: " + form)));
            for (String header :
                    List.of("X-HTTP-Method-Override: GET", "X-Forwarded-Prefix: /q", "X-Forwarded-For: 127.0.0.1")) {
                findings.refused(
                        target.name() + " without a key: " + form + ", " + header,
                        target.ask(Request.get(form, header)));
            }
        }
        findings.refused(
                target.name() + " without a key: HEAD " + path,
                target.ask(new Request("HEAD", path, List.of(), new byte[0])));
    }

    /** Health, metrics and the contract are on another port. */
    private static void management(Target target, Findings findings) {
        for (String path : List.of(
                "/q/health",
                "/q/health/ready",
                "/q/metrics",
                "/q/info",
                "/q/openapi",
                "/openapi",
                "/q/swagger-ui",
                "/q/dev-ui",
                "/q/arc")) {
            for (String form : forms(path)) {
                // Which is rightly read as the page of tracker-web.
                if (!form.endsWith("/..")) {
                    findings.refused(target.name() + ", management: " + form, target.ask(Request.get(form)));
                }
            }
        }
    }

    /** With a token that reads user 0. */
    private static void anotherUser(Target target, String before, String after, Stage stage, Findings findings) {
        String own = stage.user(0);
        String other = stage.user(1);
        String token = Secrets.bearer(Tokens.of(own));
        findings.granted("their own", target.ask(Request.get(before + own + after, token)));
        for (String form : List.of(
                other,
                own + "/../" + other,
                own + "%2f..%2f" + other,
                own + "/%2e%2e/" + other,
                own + "/..;/" + other,
                other + ";user_id=" + own,
                other + "%3buser_id=" + own,
                own + "%00" + other,
                other + "%00",
                other + "%20",
                other + "?user_id=" + own,
                other + "?x=" + own,
                "." + "/" + other,
                "/" + other,
                own + "," + other,
                own + "%0a" + other,
                other.toUpperCase(Locale.ROOT),
                "%2e/" + other)) {
            Reply reply = findings.refused(
                    "token of another user: " + form, target.ask(Request.get(before + form + after, token)));
            findings.check(!reply.is2xx() || !reply.text().contains(other), "the token of another user reads " + form);
        }
    }

    /** Only what is meant to be read: each answer is one that a regular name gives. */
    private static void files(Target target, Findings findings) {
        Set<String> known = new HashSet<>();
        for (String name : List.of(
                "/",
                "/tracker.js",
                "/tracker.mjs",
                "/react.mjs",
                "/console.js",
                "/types",
                "/integrity.json",
                "/console/",
                "/console/console.css",
                "/install.css",
                "/install.js")) {
            Reply reply = target.ask(Request.get(name));
            if (reply.is2xx()) {
                known.add(reply.text());
            }
        }
        findings.check(known.size() > 5, "tracker-web serves its files");
        for (String file : FILES) {
            for (String up : List.of(
                    "",
                    "../",
                    "../../../../",
                    "%2e%2e/",
                    "..%2f",
                    "%2e%2e%2f",
                    "..%5c",
                    "..\\",
                    "....//",
                    "..;/",
                    "%c0%ae%c0%ae/",
                    "%252e%252e/",
                    "%u002e%u002e/",
                    "..%00/",
                    "./",
                    "//",
                    "types/../",
                    "types/..%2f",
                    "console/../../",
                    "console/..%2f")) {
                String path = "/" + up.repeat(up.contains("..") && up.length() < 8 ? 4 : 1) + file;
                check(target, path, known, findings);
                check(target, path + "%00.js", known, findings);
                check(target, path + ";.js", known, findings);
                check(target, path + "?.js", known, findings);
            }
        }
        for (String name : List.of(
                "/tracker.js/",
                "/TRACKER.JS",
                "/tracker.js.map",
                "/tracker.js.gz",
                "/tracker.js.br",
                "/tracker.js%00",
                "/tracker.js;a=b",
                "//tracker.js",
                "/tracker.js%2f..%2fintegrity.json",
                "/types/..",
                "/types/%2e%2e/integrity.json",
                "/types/../tracker.d.ts",
                "/.js",
                "/..js",
                "/-.js",
                "/console/console.css%00")) {
            check(target, name, known, findings);
        }
    }

    private static void check(Target target, String path, Set<String> known, Findings findings) {
        Reply reply = findings.heard("tracker-web, " + path, target.ask(Request.get(path)));
        findings.check(
                !reply.is2xx() || known.contains(reply.text()) || reply.text().startsWith("<!doctype html>"),
                "tracker-web serves " + path + ": " + reply);
    }

    /** The same path as a router might still read it. */
    private static List<String> forms(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        String before = path.substring(0, path.length() - last.length());
        List<String> forms = new ArrayList<>(List.of(
                path,
                path + "/",
                path + "//",
                path + "?",
                path + "/.",
                path + "/..",
                path + "%00",
                path + "%20",
                path + ";",
                path + ";x=y",
                path + ".json",
                path + "#",
                path + "%23",
                path + "%3f",
                "/" + path,
                "///" + path,
                "/." + path,
                "/x/.." + path,
                "/x/%2e%2e" + path,
                "/q/.." + path,
                "/q/health/../.." + path,
                "/;x=y" + path,
                "/%2f" + path,
                path.replace("/v1", "/V1"),
                path.replace("/v1", "/v1;a=b"),
                path.replace("/v1/", "/v1//"),
                path.replace("/v1/", "/v1/./"),
                path.replace("/", "%2f"),
                path.replace("/", "\\"),
                path.replace("v", "%76"),
                path.replace("v", "%C1%B6"),
                path.replace("a", "%61"),
                before + "%2e/" + last,
                before + "..%2f" + before.substring(1) + last,
                before + "%u002e/" + last));
        forms.add("http://localhost" + path);
        forms.add("//localhost" + path);
        return forms;
    }
}
