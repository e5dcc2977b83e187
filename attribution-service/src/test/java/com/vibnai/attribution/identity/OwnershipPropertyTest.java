package com.vibnai.attribution.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What must hold for any set of links to one session. */
class OwnershipPropertyTest {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final SessionKey SESSION = new SessionKey(new UUID(1, 1), new UUID(2, 2));
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @Property
    void everyInstantHasTheOwnerOfItsOneSegment(@ForAll("links") List<Link> links, @ForAll("instants") Instant at) {
        Ownership ownership = new Ownership(links, GRACE);

        List<Ownership.Segment> holding = ownership.segments().stream()
                .filter(segment -> segment.from() == null || !at.isBefore(segment.from()))
                .filter(segment -> segment.until() == null || at.isBefore(segment.until()))
                .toList();

        assertThat(holding).hasSizeLessThanOrEqualTo(1);
        assertThat(holding.stream().findFirst().map(Ownership.Segment::link)).isEqualTo(ownership.owner(at));
    }

    @Property
    void theOrderInWhichLinksArriveDoesNotMatter(@ForAll("links") List<Link> links, @ForAll Random random) {
        List<Link> shuffled = new ArrayList<>(links);
        Collections.shuffle(shuffled, random);

        assertThat(new Ownership(shuffled, GRACE).segments()).isEqualTo(new Ownership(links, GRACE).segments());
    }

    @Property
    void takingALinkAwayRestoresWhatWasBefore(
            @ForAll("links") List<Link> links, @ForAll("link") Link added, @ForAll("instants") Instant at) {
        Optional<Link> before = new Ownership(links, GRACE).owner(at);
        List<Link> more = new ArrayList<>(links);
        more.add(added);

        Optional<Link> with = new Ownership(more, GRACE).owner(at);
        more.remove(added);

        assertThat(with.isEmpty() || with.equals(before) || with.equals(Optional.of(added)))
                .isTrue();
        assertThat(new Ownership(more, GRACE).owner(at)).isEqualTo(before);
    }

    @Property
    void anIdentifiedLinkOwnsTheWholeSession(@ForAll("links") List<Link> links, @ForAll("instants") Instant at) {
        boolean identified = links.stream().anyMatch(link -> link.kind() == LinkKind.IDENTIFIED);

        Optional<Link> owner = new Ownership(links, GRACE).owner(at);

        assertThat(owner.map(Link::kind).equals(Optional.of(LinkKind.IDENTIFIED)))
                .isEqualTo(identified);
    }

    @Property
    void aLoginNeverOwnsWhatCameAfterIt(@ForAll("links") List<Link> links, @ForAll("instants") Instant at) {
        new Ownership(links, GRACE)
                .owner(at)
                .filter(link -> link.kind() == LinkKind.BEFORE_LOGIN)
                .ifPresent(link -> {
                    assertThat(at).isBefore(link.occurredAt().plus(GRACE));
                    if (link.from() != null) {
                        assertThat(at).isAfterOrEqualTo(link.from().minus(GRACE));
                    }
                });
    }

    @Provide
    Arbitrary<List<Link>> links() {
        return link().list().ofMaxSize(8).uniqueElements(Link::id);
    }

    @Provide
    Arbitrary<Link> link() {
        Arbitrary<UUID> ids = Arbitraries.longs().map(low -> new UUID(3, low));
        Arbitrary<String> users = Arbitraries.of("ada", "bob", "eve");
        Arbitrary<LinkKind> kinds = Arbitraries.frequency(
                Tuple.of(1, LinkKind.IDENTIFIED), Tuple.of(5, LinkKind.BEFORE_LOGIN), Tuple.of(5, LinkKind.SESSION));
        Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 60).injectNull(0.2);
        return Combinators.combine(ids, users, kinds, instants(), lengths)
                .as((id, user, kind, occurredAt, length) -> new Link(
                        id,
                        user,
                        SESSION,
                        null,
                        kind,
                        length == null ? null : occurredAt.minusSeconds(length),
                        occurredAt));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.integers().between(0, 200).map(START::plusSeconds);
    }
}
