package com.vibnai.umami.identity;

import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which stretch of one session, by claims: the user of an {@code identified} one; else the user of the earliest
 * {@code before_login} one whose interval holds the instant; else the user of the latest {@code session} one at or before
 * it, where the first such claim reaches back to its own {@code from}. The rule of attribution-service, applied to what
 * Umami's own tables say. A function of the set of claims alone: their order plays no part, and taking one away restores
 * what was without it.
 */
public final class Ownership {

    private static final Comparator<Claim> EARLIEST = Comparator.comparing(Claim::occurredAt)
            .thenComparing(claim -> claim.from() == null ? Instant.MIN : claim.from())
            .thenComparing(Claim::userId);

    private final List<Claim> identified;
    private final List<Claim> beforeLogin;
    private final List<Claim> session;
    private final Duration grace;

    /**
     * @param claims on one session
     * @param grace how far a {@code before_login} interval reaches beyond its ends
     */
    public Ownership(Collection<Claim> claims, Duration grace) {
        this.identified = ofKind(claims, Claim.Kind.IDENTIFIED);
        this.beforeLogin = ofKind(claims, Claim.Kind.BEFORE_LOGIN);
        this.session = ofKind(claims, Claim.Kind.SESSION);
        this.grace = grace;
    }

    /** The user who owns an event of this instant. */
    public Optional<String> owner(Instant at) {
        return claim(at).map(Claim::userId);
    }

    /** This user's stretches of the session, in order of time, neighbours joined. */
    public List<Segment> segmentsOf(String userId) {
        List<Segment> segments = new ArrayList<>();
        Instant from = Instant.MIN;
        for (Instant bound : bounds()) {
            append(segments, userId, from, bound);
            from = bound;
        }
        append(segments, userId, from, Instant.MAX);
        return segments;
    }

    private Optional<Claim> claim(Instant at) {
        if (!identified.isEmpty()) {
            return Optional.of(identified.get(0));
        }
        return beforeLogin.stream()
                .filter(claim -> holds(claim, at))
                .findFirst()
                .or(() -> latestSession(at));
    }

    private boolean holds(Claim claim, Instant at) {
        boolean begun = claim.from() == null || !at.isBefore(claim.from().minus(grace));
        return begun && at.isBefore(claim.occurredAt().plus(grace));
    }

    private Optional<Claim> latestSession(Instant at) {
        Claim latest = null;
        for (Claim claim : session) {
            if (!at.isBefore(claim.occurredAt())) {
                latest = claim;
            }
        }
        return latest == null
                ? session.stream().findFirst().filter(first -> first.from() == null || !at.isBefore(first.from()))
                : Optional.of(latest);
    }

    /** Between two neighbouring bounds the owner does not change. */
    private NavigableSet<Instant> bounds() {
        NavigableSet<Instant> bounds = new TreeSet<>();
        for (Claim claim : beforeLogin) {
            if (claim.from() != null) {
                bounds.add(claim.from().minus(grace));
            }
            bounds.add(claim.occurredAt().plus(grace));
        }
        session.forEach(claim -> bounds.add(claim.occurredAt()));
        session.stream().findFirst().map(Claim::from).ifPresent(bounds::add);
        return bounds;
    }

    private void append(List<Segment> segments, String userId, Instant from, Instant until) {
        Claim owner = claim(from).orElse(null);
        if (owner == null || !owner.userId().equals(userId)) {
            return;
        }
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last != null && from.equals(last.until())) {
            segments.remove(segments.size() - 1);
            segments.add(segment(owner, last.from(), until));
        } else {
            segments.add(segment(owner, open(from), until));
        }
    }

    private Segment segment(Claim owner, @Nullable Instant from, Instant until) {
        return new Segment(owner.websiteId(), owner.sessionId(), from, open(until), isShared());
    }

    private static @Nullable Instant open(Instant bound) {
        return bound.equals(Instant.MIN) || bound.equals(Instant.MAX) ? null : bound;
    }

    private boolean isShared() {
        return Stream.of(identified, beforeLogin, session)
                        .flatMap(List::stream)
                        .map(Claim::userId)
                        .distinct()
                        .count()
                > 1;
    }

    private static List<Claim> ofKind(Collection<Claim> claims, Claim.Kind kind) {
        return claims.stream()
                .filter(claim -> claim.kind() == kind)
                .sorted(EARLIEST)
                .toList();
    }
}
