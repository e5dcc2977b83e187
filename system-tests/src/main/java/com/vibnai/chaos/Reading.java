package com.vibnai.chaos;

import com.vibnai.bench.QueryUnderTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Reads users' trails; an answer that differs from an earlier one is a contradiction, an empty one too. */
final class Reading extends Client {

    private final String url;
    private final List<String> users;
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    Reading(String url, List<String> users) {
        this.url = url;
        this.users = users;
    }

    @Override
    void step(Random random, Tally counts) throws InterruptedException {
        String user = users.get(random.nextInt(users.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/v1/users/" + user + "/trail"))
                .header("Authorization", "Bearer " + QueryUnderTest.KEY);
        send(request, counts, answer -> isAsBefore(user, new JsonObject(answer)));
    }

    /** The events are the same every time, unless the answer itself says that some may be missing. */
    private boolean isAsBefore(String user, JsonObject answer) {
        if (answer.getJsonObject("identity").getBoolean("degraded")) {
            return true;
        }
        String items = answer.getJsonArray("items").encode();
        String before = seen.putIfAbsent(user, items);
        return items.contains("\"occurred_at\"") && (before == null || before.equals(items));
    }
}
