package com.vibnai.umami.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserNamesTest {

    @Test
    void keepsAnIdOfFiftyCharacters() {
        assertThat(new UserNames("a".repeat(50)).distinctId()).isEqualTo("a".repeat(50));
    }

    /** What the tracker's distinctId() computes for the same id: fifty digits of SHA-256 over its UTF-8. */
    @Test
    void hashesALongerOneAsTheTrackerDoes() {
        assertThat(new UserNames("a".repeat(51)).distinctId())
                .isEqualTo("bfc5fe0e360152ca98c50fab4ed7e3078c17debc2917740d50");
        assertThat(new UserNames("ü".repeat(51)).distinctId())
                .isEqualTo("2d9bf5e0f3ff52c9f56682054adcbd6ba6b03a68e588d26b97");
    }

    @Test
    void knowsHowUmamiWritesNumbers() {
        assertThat(new UserNames("42").dataValues()).containsExactly("42", "42.0000");
        assertThat(new UserNames("user-42").dataValues()).containsExactly("user-42");
        assertThat(new UserNames("42.5").dataValues()).containsExactly("42.5");
    }
}
