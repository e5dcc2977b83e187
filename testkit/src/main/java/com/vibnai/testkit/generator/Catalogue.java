package com.vibnai.testkit.generator;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What visitors come from, browse with and look at. */
final class Catalogue {

    static final List<Origin> ORIGINS = List.of(
            new Origin(30, null, null),
            new Origin(22, "www.google.com", null),
            new Origin(14, "www.google.com", "utm_source=google&utm_medium=cpc&utm_campaign=brand&gclid="),
            new Origin(8, "www.facebook.com", "utm_source=facebook&utm_medium=paid_social&utm_campaign=spring&fbclid="),
            new Origin(6, null, "utm_source=newsletter&utm_medium=email&utm_campaign=weekly"),
            new Origin(6, "news.ycombinator.com", null),
            new Origin(5, "t.co", "utm_source=twitter&utm_medium=social&utm_campaign=launch"),
            new Origin(4, "www.bing.com", "utm_source=bing&utm_medium=cpc&utm_campaign=search&msclkid="),
            new Origin(3, "chatgpt.com", "utm_source=chatgpt.com"),
            new Origin(2, "www.linkedin.com", "utm_source=linkedin&utm_medium=paid_social&li_fat_id="));

    static final List<Device> DEVICES = List.of(
            new Device("laptop", "chrome", "Mac OS", "1512x982"),
            new Device("laptop", "firefox", "Linux", "1920x1080"),
            new Device("desktop", "edge-chromium", "Windows 10", "2560x1440"),
            new Device("mobile", "ios", "iOS", "390x844"),
            new Device("mobile", "chrome", "Android OS", "412x915"));

    static final List<Place> PLACES = List.of(
            new Place("US", "US-CA", "San Francisco", "en-US"),
            new Place("DE", "DE-BE", "Berlin", "de-DE"),
            new Place("GB", "GB-ENG", "London", "en-GB"),
            new Place("FR", "FR-IDF", "Paris", "fr-FR"),
            new Place("IN", "IN-KA", "Bengaluru", "en-IN"),
            new Place("BR", "BR-SP", "São Paulo", "pt-BR"),
            new Place(null, null, null, "en-US"));

    static final List<String> SITE = List.of("/", "/pricing", "/docs", "/docs/install", "/blog", "/about", "/signup");
    static final List<String> APP = List.of("/app", "/app/reports", "/app/settings", "/app/team", "/docs");
    static final List<String> EVENTS = List.of("cta-click", "video-play", "download", "plan-selected", "invite-sent");

    private static final int ORIGIN_WEIGHTS =
            ORIGINS.stream().mapToInt(Origin::weight).sum();

    private Catalogue() {}

    static Origin origin(Random random) {
        int draw = random.nextInt(ORIGIN_WEIGHTS);
        for (Origin origin : ORIGINS) {
            draw -= origin.weight();
            if (draw < 0) {
                return origin;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /** Earlier entries come up more often, as on a real site. */
    static <T> T pick(List<T> choices, Random random) {
        return choices.get((int) (choices.size() * random.nextDouble() * random.nextDouble()));
    }

    /** An arrival; a query that ends with {@code =} is a click id whose value is still missing. */
    record Origin(
            int weight,
            @Nullable String referrerDomain,
            @Nullable String query) {}

    record Device(String device, String browser, String os, String screen) {}

    record Place(
            @Nullable String country,
            @Nullable String region,
            @Nullable String city,
            String language) {}
}
