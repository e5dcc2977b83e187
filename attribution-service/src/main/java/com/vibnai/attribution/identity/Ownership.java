package com.vibnai.attribution.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which stretch of one session. Each instant has at most one owner: the user of an {@code identified} link; else
 * the user of the earliest {@code before_login} link whose interval holds it; else the user of the latest {@code session}
 * link at or before it, where the first such link reaches back to its own {@code from}. A function of the set of links
 * alone: the order in which they arrived plays no part, and taking one away restores what was without it.
 */
public final class Ownership {

    private static final Comparator<Link> EARLIEST = Comparator.comparing(Link::occurredAt)
            .thenComparing(link -> link.from() == null ? Instant.MIN : link.from())
            .thenComparing(Link::userId)
            .thenComparing(Link::id);

    private final List<Link> identified;
    private final List<Link> beforeLogin;
    private final List<Link> session;
    private final Duration grace;

    /**
     * @param links the links of one session that are in force
     * @param grace how far a {@code before_login} interval reaches beyond its ends: clocks and networks are not exact
     */
    public Ownership(Collection<Link> links, Duration grace) {
        this.identified = ofKind(links, LinkKind.IDENTIFIED);
        this.beforeLogin = ofKind(links, LinkKind.BEFORE_LOGIN);
        this.session = ofKind(links, LinkKind.SESSION);
        this.grace = grace;
    }

    /** The link that owns an event of this instant. */
    public Optional<Link> owner(Instant at) {
        if (!identified.isEmpty()) {
            return Optional.of(identified.get(0));
        }
        return beforeLogin.stream().filter(link -> holds(link, at)).findFirst().or(() -> latestSession(at));
    }

    /** The stretches of the session, in order of time, neighbours with the same owner joined. */
    public List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        Instant from = Instant.MIN;
        for (Instant bound : bounds()) {
            append(segments, from, bound);
            from = bound;
        }
        append(segments, from, Instant.MAX);
        return segments;
    }

    /** Whether more than one user has a link to the session. */
    public boolean isShared() {
        return Stream.of(identified, beforeLogin, session)
                        .flatMap(List::stream)
                        .map(Link::userId)
                        .distinct()
                        .count()
                > 1;
    }

    /** Between two neighbouring bounds the owner does not change. */
    private SortedSet<Instant> bounds() {
        SortedSet<Instant> bounds = new TreeSet<>();
        for (Link link : beforeLogin) {
            if (link.from() != null) {
                bounds.add(link.from().minus(grace));
            }
            bounds.add(link.occurredAt().plus(grace));
        }
        for (Link link : session) {
            bounds.add(link.occurredAt());
        }
        if (!session.isEmpty() && session.get(0).from() != null) {
            bounds.add(session.get(0).from());
        }
        return bounds;
    }

    private void append(List<Segment> segments, Instant from, Instant until) {
        Link owner = owner(from).orElse(null);
        if (owner == null) {
            return;
        }
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last != null && last.link().equals(owner) && from.equals(last.until())) {
            segments.remove(segments.size() - 1);
            segments.add(Segment.of(owner, last.from(), until));
        } else {
            segments.add(Segment.of(owner, from, until));
        }
    }

    private boolean holds(Link link, Instant at) {
        boolean begun = link.from() == null || !at.isBefore(link.from().minus(grace));
        return begun && at.isBefore(link.occurredAt().plus(grace));
    }

    private Optional<Link> latestSession(Instant at) {
        Link latest = null;
        for (Link link : session) {
            if (!at.isBefore(link.occurredAt())) {
                latest = link;
            }
        }
        return latest == null ? firstSessionBack(at) : Optional.of(latest);
    }

    private Optional<Link> firstSessionBack(Instant at) {
        return session.stream().findFirst().filter(first -> first.from() == null || !at.isBefore(first.from()));
    }

    private static List<Link> ofKind(Collection<Link> links, LinkKind kind) {
        return links.stream()
                .filter(link -> link.kind() == kind)
                .sorted(EARLIEST)
                .toList();
    }

    /**
     * A stretch of a session with one owner.
     *
     * @param link the link that owns it
     * @param from first instant, open when absent
     * @param until first instant that is no longer in it, open when absent
     */
    public record Segment(
            Link link, @Nullable Instant from, @Nullable Instant until) {

        private static Segment of(Link link, @Nullable Instant from, @Nullable Instant until) {
            return new Segment(link, Instant.MIN.equals(from) ? null : from, Instant.MAX.equals(until) ? null : until);
        }
    }
}
