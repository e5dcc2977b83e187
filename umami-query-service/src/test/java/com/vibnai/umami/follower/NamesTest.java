package com.vibnai.umami.follower;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.UserNames;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NamesTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private final UUID session = UUID.randomUUID();

    private Claim claim(String name, Claim.Kind kind, UUID of, Instant at) {
        return new Claim(name, new UUID(0, 1), of, kind, null, at);
    }

    private Claim told(String name, int seconds) {
        return claim(name, Claim.Kind.SESSION, session, NOON.plusSeconds(seconds));
    }

    @Test
    void readsNumbersAsTheyWereSent() {
        List<Claim> found =
                Names.resolve(List.of(told("42.0000", 0), told("42", 0), told("4.2000", 1), told("x.0000", 2)));

        assertThat(found).extracting(Claim::userId).containsExactly("42", "4.2000", "x.0000");
    }

    @Test
    void givesALongIdBackWhereItWasToldInTheSameSession() {
        String user = "a-long-id-".repeat(6);
        String hash = new UserNames(user).distinctId();

        List<Claim> found = Names.resolve(List.of(
                claim(hash, Claim.Kind.IDENTIFIED, session, NOON),
                told(user, 0),
                claim(hash, Claim.Kind.IDENTIFIED, UUID.randomUUID(), NOON)));

        assertThat(found).hasSize(2).extracting(Claim::userId).containsOnly(user);
        assertThat(found).extracting(Claim::kind).containsExactly(Claim.Kind.IDENTIFIED, Claim.Kind.SESSION);
    }

    @Test
    void tellsTheFirstOfSeveralLoginsOfAUserAlone() {
        List<Claim> found = Names.once(List.of(told("ada", 9), told("ada", 1), told("bob", 5)));

        assertThat(found).containsExactly(told("ada", 1), told("bob", 5));
    }

    @Test
    void writesAndReadsPlaces() {
        Place place = new Place(NOON.plusNanos(123_456_000), UUID.randomUUID(), true);

        assertThat(Place.parse(place.toString())).isEqualTo(place);
        assertThat(Place.parse(null)).isEqualTo(Place.BEGINNING);
        assertThat(Place.parse("nonsense")).isEqualTo(Place.BEGINNING);
    }
}
