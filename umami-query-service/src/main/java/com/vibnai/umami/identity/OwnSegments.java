package com.vibnai.umami.identity;

import com.vibnai.umami.identity.AttributionClient.LinkedSegment;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Claim.Kind;
import com.vibnai.umami.source.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Puts together what attribution-service knows of a user and what Umami's own tables say. Where attribution-service knows
 * a session of the user's, its word holds: it has the links of everybody. Only a stretch of the weakest kind, which lasts
 * "until the next one's login", also ends where Umami knows of a next one. Other sessions are the user's as far as Umami's
 * claims make them so.
 */
final class OwnSegments {

    private OwnSegments() {}

    /** The user's stretches, no two of which overlap. */
    static List<Segment> of(String userId, List<LinkedSegment> linked, Collection<Claim> claims) {
        Map<UUID, Set<Claim>> bySession = claims.stream()
                .collect(Collectors.groupingBy(
                        Claim::sessionId, LinkedHashMap::new, Collectors.toCollection(LinkedHashSet::new)));
        List<Segment> segments = new ArrayList<>();
        for (LinkedSegment stretch : linked) {
            segments.addAll(cut(userId, stretch, bySession.getOrDefault(stretch.sessionId(), Set.of())));
        }
        linked.forEach(stretch -> bySession.remove(stretch.sessionId()));
        bySession.values().forEach(said -> segments.addAll(ownership(said).segmentsOf(userId)));
        return segments;
    }

    private static List<Segment> cut(String userId, LinkedSegment stretch, Set<Claim> said) {
        Segment segment = stretch.toSegment();
        if (!stretch.yields() || said.stream().allMatch(claim -> isOf(userId, claim))) {
            return List.of(segment);
        }
        List<Claim> all = new ArrayList<>(said);
        all.add(new Claim(
                userId,
                stretch.websiteId(),
                stretch.sessionId(),
                Kind.SESSION,
                null,
                stretch.from() == null ? Instant.EPOCH : stretch.from()));
        return ownership(all).segmentsOf(userId).stream()
                .map(own -> own.between(stretch.from(), stretch.until()))
                .filter(own -> !own.isEmpty())
                .toList();
    }

    private static boolean isOf(String userId, Claim claim) {
        return claim.userId().equals(userId);
    }

    /** Umami's tables have exact times of its own clock, so there is nothing to be lenient about. */
    private static Ownership ownership(Collection<Claim> claims) {
        return new Ownership(claims, Duration.ZERO);
    }
}
