package com.vibnai.umami.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.umami.identity.AttributionClient.LinkedSegment;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Claim.Kind;
import com.vibnai.umami.source.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every event has one owner, whatever the order of the claims, and taking one away restores what was. */
class OwnershipTest {

    private static final UUID WEBSITE = new UUID(1, 1);
    private static final UUID SESSION = new UUID(2, 2);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final List<String> USERS = List.of("ann", "bob", "cid");

    private static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static Claim claim(String user, Kind kind, Integer from, int at) {
        return new Claim(user, WEBSITE, SESSION, kind, from == null ? null : minute(from), minute(at));
    }

    @Provide
    Arbitrary<List<Claim>> claims() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 20);
        return Combinators.combine(Arbitraries.of(USERS), Arbitraries.of(Kind.class), minutes.injectNull(0.3), minutes)
                .as(OwnershipTest::claim)
                .list()
                .ofMaxSize(6);
    }

    /** The rule as DESIGN says it, in the plainest way. */
    private static String naive(List<Claim> claims, Instant at) {
        List<Claim> sorted = new ArrayList<>(claims);
        sorted.sort((a, b) -> {
            int byTime = a.occurredAt().compareTo(b.occurredAt());
            Instant fromA = a.from() == null ? Instant.MIN : a.from();
            Instant fromB = b.from() == null ? Instant.MIN : b.from();
            int byFrom = byTime != 0 ? byTime : fromA.compareTo(fromB);
            return byFrom != 0 ? byFrom : a.userId().compareTo(b.userId());
        });
        for (Claim claim : sorted) {
            if (claim.kind() == Kind.IDENTIFIED) {
                return claim.userId();
            }
        }
        for (Claim claim : sorted) {
            boolean begun = claim.from() == null || !at.isBefore(claim.from().minus(GRACE));
            if (claim.kind() == Kind.BEFORE_LOGIN
                    && begun
                    && at.isBefore(claim.occurredAt().plus(GRACE))) {
                return claim.userId();
            }
        }
        String owner = null;
        Claim first = null;
        for (Claim claim : sorted) {
            if (claim.kind() == Kind.SESSION) {
                first = first == null ? claim : first;
                owner = claim.occurredAt().isAfter(at) ? owner : claim.userId();
            }
        }
        if (owner == null && first != null && (first.from() == null || !at.isBefore(first.from()))) {
            return first.userId();
        }
        return owner;
    }

    private static List<Instant> instants() {
        return IntStream.rangeClosed(-1, 22)
                .boxed()
                .flatMap(minute -> List.of(-2001, -2000, -1, 0, 1, 1999, 2000).stream()
                        .map(millis -> minute(minute).plusMillis(millis)))
                .toList();
    }

    private static boolean holds(Segment segment, Instant at) {
        return (segment.from() == null || !at.isBefore(segment.from()))
                && (segment.until() == null || at.isBefore(segment.until()));
    }

    @Property
    void givesEveryEventToItsOneOwner(@ForAll("claims") List<Claim> claims) {
        Ownership ownership = new Ownership(claims, GRACE);
        for (Instant at : instants()) {
            Set<String> owners = USERS.stream()
                    .filter(user -> ownership.segmentsOf(user).stream().anyMatch(segment -> holds(segment, at)))
                    .collect(Collectors.toSet());
            String expected = naive(claims, at);

            assertThat(owners).isEqualTo(expected == null ? Set.of() : Set.of(expected));
            assertThat(ownership.owner(at).orElse(null)).isEqualTo(expected);
        }
    }

    @Property
    void doesNotCareAboutTheOrder(@ForAll("claims") List<Claim> claims, @ForAll long seed) {
        List<Claim> shuffled = new ArrayList<>(claims);
        Collections.shuffle(shuffled, new Random(seed));

        for (String user : USERS) {
            assertThat(new Ownership(shuffled, GRACE).segmentsOf(user))
                    .isEqualTo(new Ownership(claims, GRACE).segmentsOf(user));
        }
    }

    @Property(tries = 100)
    void changesAnOwnerOnlyToTheUserOfANewClaimAndBackWhenItGoes(
            @ForAll("claims") List<Claim> claims, @ForAll("claims") List<Claim> added) {
        for (Claim one : added) {
            List<Claim> more = new ArrayList<>(claims);
            more.add(one);
            for (Instant at : instants()) {
                Optional<String> before = new Ownership(claims, GRACE).owner(at);
                Optional<String> with = new Ownership(more, GRACE).owner(at);
                assertThat(with)
                        .satisfiesAnyOf(
                                owner -> assertThat(owner).isEmpty(),
                                owner -> assertThat(owner).isEqualTo(before),
                                owner -> assertThat(owner).contains(one.userId()));
            }
            more.remove(one);
            for (String user : USERS) {
                assertThat(new Ownership(more, GRACE).segmentsOf(user))
                        .isEqualTo(new Ownership(claims, GRACE).segmentsOf(user));
            }
        }
    }

    @Property
    void neverCutsOneUsersStretchInTwo(@ForAll("claims") List<Claim> claims) {
        for (String user : USERS) {
            List<Segment> segments = new Ownership(claims, GRACE).segmentsOf(user);
            for (int i = 1; i < segments.size(); i++) {
                assertThat(segments.get(i - 1).until()).isBefore(segments.get(i).from());
            }
        }
    }

    @Test
    void marksASessionWithTwoUsersAsShared() {
        List<Claim> two = List.of(claim("ann", Kind.SESSION, null, 1), claim("bob", Kind.SESSION, null, 5));

        assertThat(new Ownership(two, GRACE).segmentsOf("ann"))
                .containsExactly(new Segment(WEBSITE, SESSION, null, minute(5), true));
        assertThat(new Ownership(two, GRACE).segmentsOf("bob"))
                .containsExactly(new Segment(WEBSITE, SESSION, minute(5), null, true));
        assertThat(new Ownership(two.subList(0, 1), GRACE).segmentsOf("ann"))
                .containsExactly(new Segment(WEBSITE, SESSION, null, null, false));
    }

    @Test
    void takesAttributionServicesWordForASessionThatItKnows() {
        LinkedSegment linked = new LinkedSegment(WEBSITE, SESSION, "before_login", null, minute(5), true);

        List<Segment> segments = OwnSegments.of(
                "ann",
                List.of(linked),
                List.of(claim("ann", Kind.SESSION, null, 1), claim("bob", Kind.SESSION, null, 2)));

        assertThat(segments).containsExactly(new Segment(WEBSITE, SESSION, null, minute(5), true));
    }

    @Test
    void endsAStretchThatYieldsWhereUmamiKnowsOfTheNextUser() {
        LinkedSegment linked = new LinkedSegment(WEBSITE, SESSION, "session", minute(1), null, false);

        List<Segment> segments = OwnSegments.of("ann", List.of(linked), List.of(claim("bob", Kind.SESSION, null, 4)));

        assertThat(segments).containsExactly(new Segment(WEBSITE, SESSION, minute(1), minute(4), true));
    }

    @Test
    void addsTheSessionsThatOnlyUmamiKnows() {
        UUID other = new UUID(3, 3);
        LinkedSegment linked = new LinkedSegment(WEBSITE, other, "identified", null, null, false);

        List<Segment> segments = OwnSegments.of(
                "ann",
                List.of(linked),
                List.of(claim("ann", Kind.SESSION, null, 1), claim("ann", Kind.SESSION, null, 1)));

        assertThat(segments)
                .containsExactly(
                        new Segment(WEBSITE, other, null, null, false),
                        new Segment(WEBSITE, SESSION, null, null, false));
    }
}
