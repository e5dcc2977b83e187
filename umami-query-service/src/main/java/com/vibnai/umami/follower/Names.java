package com.vibnai.umami.follower;

import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.UserNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom Umami means: it writes the number 42 as 42.0000, and an id of over 50 characters arrives as digits of its hash,
 * which only what else was told in the same session can give back.
 */
final class Names {

    private static final Pattern NUMBER = Pattern.compile("(-?[0-9]{1,15})\\.0000");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{50}");

    private Names() {}

    /** The claims, each by the user's own id; those of whom it cannot be told are left out, and doubles. */
    static List<Claim> resolve(List<Claim> claims) {
        Map<UUID, Set<String>> bySession = claims.stream()
                .collect(Collectors.groupingBy(
                        Claim::sessionId, Collectors.mapping(claim -> number(claim.userId()), Collectors.toSet())));
        return claims.stream()
                .map(claim -> named(claim, bySession.getOrDefault(claim.sessionId(), Set.of())))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Of several claims of a user on a session the first; a login again adds nothing. */
    static List<Claim> once(List<Claim> claims) {
        Map<List<Object>, Claim> first = new LinkedHashMap<>();
        claims.stream()
                .sorted((a, b) -> a.occurredAt().compareTo(b.occurredAt()))
                .forEach(claim -> first.putIfAbsent(List.of(claim.userId(), claim.sessionId(), claim.kind()), claim));
        return List.copyOf(first.values());
    }

    private static @Nullable Claim named(Claim claim, Set<String> names) {
        String name = number(claim.userId());
        if (HASH.matcher(name).matches()) {
            return names.stream()
                    .filter(other -> !other.equals(name)
                            && new UserNames(other).distinctId().equals(name))
                    .findFirst()
                    .map(user -> of(claim, user))
                    .orElse(null);
        }
        return of(claim, name);
    }

    private static Claim of(Claim claim, String userId) {
        return new Claim(userId, claim.websiteId(), claim.sessionId(), claim.kind(), claim.from(), claim.occurredAt());
    }

    private static String number(String name) {
        var match = NUMBER.matcher(name);
        return match.matches() ? match.group(1) : name;
    }
}
