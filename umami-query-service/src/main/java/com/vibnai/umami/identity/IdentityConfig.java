package com.vibnai.umami.identity;

import com.vibnai.umami.source.Way;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How far to look for a user's sessions in Umami's own tables, beside the identity links. */
@ConfigMapping(prefix = "umami.identity")
public interface IdentityConfig {

    /** The table session_link, from Umami 3.3; always by index. */
    Step sessionLink();

    /** {@code session.distinct_id}, from Umami 2.18; without an index Umami reads all sessions. */
    Step distinctId();

    /** What identify() stored in session_data; without an index Umami reads all of it. */
    Step sessionData();

    /** How many lookups without an index may run at once, 1 to 8; further ones are skipped. */
    @WithDefault("2")
    @Min(1)
    @Max(8)
    int scans();

    /** Whether links found in Umami are given to attribution-service, so that they are cheap next time. */
    @WithDefault("true")
    boolean pushLinks();

    /** One way to find sessions. */
    interface Step {

        /** Whether it is taken at all. */
        @WithDefault("true")
        boolean enabled();

        /** How long it may take; PostgreSQL ends it then, and the answer says so. */
        @WithDefault("1s")
        Duration budget();

        /** When it is taken although no index leads there. */
        @WithDefault("unlinked")
        Scan scan();
    }

    /** When a whole table may be read. */
    enum Scan {
        /** Never. */
        NEVER,
        /** For users of whom nothing cheaper has found a session. */
        UNLINKED,
        /** For every answer. */
        ALWAYS
    }

    /** The settings of a way. */
    default Step step(Way way) {
        return switch (way) {
            case SESSION_LINK -> sessionLink();
            case DISTINCT_ID -> distinctId();
            case SESSION_DATA -> sessionData();
        };
    }
}
