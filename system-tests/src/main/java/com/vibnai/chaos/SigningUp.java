package com.vibnai.chaos;

import com.vibnai.bench.AttributionUnderTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs users up, each with a link to a session. One in five requests is a repetition with another campaign, for a user who
 * was acknowledged or for one whose signup got no answer: the first touch has to stay.
 */
final class SigningUp extends Client {

    private static final String WEBSITE = "b8d100bf-5f36-4246-bd7f-b93fc522aeae";
    private static final int REPETITIONS_IN = 5;

    private final Ledger ledger;
    private final URI signups;
    private final AtomicInteger users = new AtomicInteger();

    SigningUp(Ledger ledger, String url) {
        this.ledger = ledger;
        this.signups = URI.create(url + "/v1/attributions");
    }

    @Override
    void step(Random random, Tally counts) throws InterruptedException {
        int known = users.get();
        String user = known > 0 && random.nextInt(REPETITIONS_IN) == 0
                ? "user-" + random.nextInt(known)
                : "user-" + users.getAndIncrement();
        String campaign = UUID.randomUUID().toString();
        String body = new JsonObject()
                .put("user_id", user)
                .put("utm_source", "chaos")
                .put("utm_campaign", campaign)
                .put("landing_page", "https://app.example.com/")
                .put(
                        "umami",
                        new JsonObject()
                                .put("website_id", WEBSITE)
                                .put("session_id", UUID.randomUUID().toString()))
                .encode();
        ledger.sending(user, campaign);
        HttpRequest.Builder request = HttpRequest.newBuilder(signups)
                .header("Authorization", "Bearer " + AttributionUnderTest.KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        send(request, counts, answer -> ledger.acknowledge(user, campaignOf(answer)));
    }

    private static String campaignOf(String answer) {
        return new JsonObject(answer).getJsonObject("first_touch").getString("utm_campaign", "");
    }
}
