package com.vibnai.testkit.umami.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who may call the REST API, and how often.
 *
 * @param username of the only account
 * @param password of the only account
 * @param tokenLife how long the token of a login is taken
 * @param apiKey what the header {@code x-umami-api-key} has to hold; none is taken when null
 * @param callsPerWindow calls of the whole API within 15 seconds, 0 for any number
 */
public record ApiOptions(
        String username,
        String password,
        Duration tokenLife,
        @Nullable String apiKey,
        int callsPerWindow) {

    /** Umami Cloud's limit of calls within 15 seconds. */
    public static final int CLOUD_CALLS = 50;

    private static final Duration DAY = Duration.ofDays(1);

    /** A fresh Umami: admin and umami, tokens for a day, no key, no limit. */
    public static ApiOptions fresh() {
        return new ApiOptions("admin", "umami", DAY, null, 0);
    }

    /** The same with tokens of this life. */
    public ApiOptions withTokenLife(Duration life) {
        return new ApiOptions(username, password, life, apiKey, callsPerWindow);
    }

    /** The same with an API key. */
    public ApiOptions withApiKey(String key) {
        return new ApiOptions(username, password, tokenLife, key, callsPerWindow);
    }

    /** The same with a limit of calls within 15 seconds. */
    public ApiOptions withCalls(int calls) {
        return new ApiOptions(username, password, tokenLife, apiKey, calls);
    }
}
