package com.vibnai.umami.identity;

import com.vibnai.umami.identity.IdentityResponse.Source;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what the steps find, for one answer. */
final class Findings {

    private final String userId;
    private final Known known;
    private final Source links;
    private final @Nullable String degradedReason;
    private final List<Finding> found = new ArrayList<>();

    /** {@code degradedReason}: why attribution-service could not be asked, null if it could. */
    Findings(String userId, Known known, Source links, @Nullable String degradedReason) {
        this.userId = userId;
        this.known = known;
        this.links = links;
        this.degradedReason = degradedReason;
    }

    void add(Finding finding) {
        found.add(finding);
    }

    /** Whether there is a session of the user's. */
    boolean foundAny() {
        return !known.segments().isEmpty() || !ownClaims().isEmpty();
    }

    /** What Umami says of this user alone. */
    List<Claim> ownClaims() {
        return claims().filter(claim -> claim.userId().equals(userId))
                .distinct()
                .toList();
    }

    /** The user's stretches, at most {@code most}. */
    Identity toIdentity(int most) {
        List<Segment> all = OwnSegments.of(userId, known.segments(), claims().toList());
        boolean tooMany = known.truncated() || all.size() > most;
        List<Segment> segments = all.size() > most ? all.subList(0, most) : all;
        return new Identity(segments, known.signedUpAt(), response(segments, tooMany));
    }

    private IdentityResponse response(List<Segment> segments, boolean truncated) {
        return new IdentityResponse(
                segments.stream().anyMatch(Segment::shared),
                degradedReason != null,
                degradedReason,
                truncated,
                Stream.concat(
                                Stream.of(links),
                                found.stream()
                                        .sorted(Comparator.comparing(Finding::way))
                                        .map(Finding::source))
                        .toList());
    }

    private Stream<Claim> claims() {
        return found.stream().map(Finding::claims).flatMap(List::stream);
    }
}
