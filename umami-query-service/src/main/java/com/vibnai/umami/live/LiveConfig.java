package com.vibnai.umami.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How often Umami is asked for a live stream, and how many streams there may be. */
@ConfigMapping(prefix = "umami.live")
public interface LiveConfig {

    /** Time between two looks while events arrive, 100 ms or more. */
    @WithDefault("1s")
    Duration shortestInterval();

    /** Time between two looks at a user who does nothing, or while Umami does not answer. */
    @WithDefault("15s")
    Duration longestInterval();

    /** Time between two looks through Umami's REST API, which allows few calls, at least: whatever the two above say. */
    @WithDefault("10s")
    Duration apiInterval();

    /** How much later than its own time an event may appear in Umami's table and still be sent. */
    @WithDefault("10s")
    Duration lateness();

    /** A comment is sent this often, so that proxies keep the connection and a gone listener is noticed. */
    @WithDefault("15s")
    Duration heartbeat();

    /** Messages that may wait for a slow listener before it is cut off, 256 to 10,000. Half as many are replayed at most. */
    @WithDefault("500")
    @Min(256)
    @Max(10000)
    int buffer();

    /** A listener that was cut off and still does not read is disconnected after this long. */
    @WithDefault("10s")
    Duration cutGrace();

    /** Open streams of one API key. */
    @WithDefault("250")
    @Min(1)
    int streamsPerKey();

    /** Open streams of this process. */
    @WithDefault("2000")
    @Min(1)
    int streams();
}
