package com.vibnai.umami.firsttouch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** First touches from Umami for signups that came without one. */
@ConfigMapping(prefix = "umami.first-touch")
public interface RecoveryConfig {

    /** Whether to look for them; the key for attribution-service then needs the scope {@code ingest}, too. */
    @WithDefault("true")
    boolean recover();

    /** Time between two looks. */
    @WithDefault("20s")
    Duration interval();

    /** For this long after a signup it is tried again: the link to its session may come after the signup. */
    @WithDefault("15M")
    Duration within();

    /** Another replica goes on when this long nothing was heard of one. */
    @WithDefault("60s")
    Duration lease();
}
