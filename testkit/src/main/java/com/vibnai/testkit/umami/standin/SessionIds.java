package com.vibnai.testkit.umami.standin;

import com.vibnai.testkit.umami.Semantics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which session and visit an event falls in. The ids are name-based, from the same inputs as Umami's (website, address,
 * user agent, salt of the month; or website and id), so that they repeat and differ where Umami's do; the values are ours.
 */
public final class SessionIds {

    private SessionIds() {}

    /** The session of an event at {@code at}, with the payload's id if it has one. */
    public static UUID session(Semantics semantics, UUID website, Client client, Instant at, @Nullable String id) {
        String device = client.ip() + '\n' + client.userAgent() + '\n' + YearMonth.from(at.atOffset(ZoneOffset.UTC));
        if (id == null || semantics == Semantics.V2_17 || semantics == Semantics.V3_3) {
            return named(website + "\nanonymous\n" + device);
        }
        return named(website + "\nid\n" + id + (semantics == Semantics.V3_5 ? '\n' + device : ""));
    }

    /** The visit that starts in {@code session} at {@code at}: one for each hour. */
    public static UUID visit(UUID session, Instant at) {
        return named(session + "\nvisit\n" + at.truncatedTo(ChronoUnit.HOURS));
    }

    private static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
