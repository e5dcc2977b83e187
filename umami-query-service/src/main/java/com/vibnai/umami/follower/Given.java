package com.vibnai.umami.follower;

import com.vibnai.umami.source.Claim;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which links were given lately. A site that identifies on every page tells the same user's login again and again; only
 * after somebody else's login to the same session does that say anything new.
 */
final class Given {

    private final Map<Who, Instant> logins;
    private final Map<UUID, String> lastOf;

    /** Remembers so many. */
    Given(int most) {
        this.logins = latest(most);
        this.lastOf = latest(most);
    }

    private record Who(String userId, UUID sessionId, Claim.Kind kind) {
        static Who of(Claim claim) {
            return new Who(claim.userId(), claim.sessionId(), claim.kind());
        }
    }

    /** Those that say something new. */
    List<Claim> fresh(List<Claim> claims) {
        return claims.stream().filter(this::isNew).toList();
    }

    void remember(Claim claim) {
        logins.put(Who.of(claim), claim.occurredAt());
        if (claim.kind() == Claim.Kind.SESSION) {
            lastOf.put(claim.sessionId(), claim.userId());
        }
    }

    private boolean isNew(Claim claim) {
        Instant before = logins.get(Who.of(claim));
        if (before == null) {
            return true;
        }
        boolean sameLogin = !claim.occurredAt().isAfter(before);
        boolean stillTheirs =
                claim.kind() == Claim.Kind.IDENTIFIED || claim.userId().equals(lastOf.get(claim.sessionId()));
        return !sameLogin && !stillTheirs;
    }

    /** A map that forgets the oldest entries. */
    static <K, V> Map<K, V> latest(int most) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
