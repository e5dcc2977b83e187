package com.vibnai.testkit.umami.standin;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who sent a request, as Umami sees it: address, browser, system and device by user agent and screen. */
public record Client(String ip, String userAgent, String browser, String os, String device) {

    private static final Pattern BOT = Pattern.compile(
            "bot|crawl|spider|slurp|headless|lighthouse|^curl/|^wget/|^java|quarkus|okhttp|vert\\.x|python|go-http|^$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MOBILE = Pattern.compile("iPhone|Android.*Mobile|Mobile.*Firefox");
    private static final Pattern TABLET = Pattern.compile("iPad|Android");
    private static final int LAPTOP_WIDTH = 1920;

    private static final List<Rule> BROWSERS = List.of(
            new Rule("Edg/", "edge-chromium"),
            new Rule("OPR/", "opera"),
            new Rule("CriOS/", "crios"),
            new Rule("FxiOS/", "fxios"),
            new Rule("iPhone|iPad", "ios"),
            new Rule("Firefox/", "firefox"),
            new Rule("Chrome/", "chrome"),
            new Rule("Safari/", "safari"));
    private static final List<Rule> SYSTEMS = List.of(
            new Rule("iPhone|iPad", "iOS"),
            new Rule("Android", "Android OS"),
            new Rule("CrOS", "Chrome OS"),
            new Rule("Windows NT 10", "Windows 10"),
            new Rule("Mac OS X", "Mac OS"),
            new Rule("Linux", "Linux"));

    /** Reads the user agent; {@code screen} is {@code WIDTHxHEIGHT} or absent. */
    public static Client of(String ip, String userAgent, @Nullable String screen) {
        return new Client(
                ip, userAgent, first(BROWSERS, userAgent), first(SYSTEMS, userAgent), device(userAgent, screen));
    }

    /** Whether Umami would answer {@code beep} and store nothing. */
    public boolean isBot() {
        return BOT.matcher(userAgent).find();
    }

    private static String device(String userAgent, @Nullable String screen) {
        if (MOBILE.matcher(userAgent).find()) {
            return "mobile";
        }
        if (TABLET.matcher(userAgent).find()) {
            return "tablet";
        }
        return screen != null && width(screen) <= LAPTOP_WIDTH ? "laptop" : "desktop";
    }

    private static int width(String screen) {
        int cross = screen.indexOf('x');
        try {
            return Integer.parseInt(cross < 0 ? screen : screen.substring(0, cross));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private static String first(List<Rule> rules, String userAgent) {
        return rules.stream()
                .filter(rule -> rule.pattern.matcher(userAgent).find())
                .map(rule -> rule.name)
                .findFirst()
                .orElse("unknown");
    }

    private record Rule(Pattern pattern, String name) {
        Rule(String pattern, String name) {
            this(Pattern.compile(pattern), name);
        }
    }
}
