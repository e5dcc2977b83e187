package com.vibnai.attribution.touch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CleanTextTest {

    private final List<String> changes = new ArrayList<>();

    private String clean(String text, int longest) {
        changes.clear();
        return CleanText.of(text, longest, changes::add);
    }

    @Test
    void keepsWhatFits() {
        assertThat(clean("spring-sale", 255)).isEqualTo("spring-sale");
        assertThat(clean("  spring sale\n", 255)).isEqualTo("spring sale");
        assertThat(changes).isEmpty();
    }

    @Test
    void takesNothingForNothing() {
        assertThat(clean(null, 255)).isNull();
        assertThat(clean("", 255)).isNull();
        assertThat(clean(" \t ", 255)).isNull();
        assertThat(changes).isEmpty();
    }

    @Test
    void cutsBetweenCodePoints() {
        assertThat(clean("ab\uD83D\uDE00cd", 3)).isEqualTo("ab\uD83D\uDE00");
        assertThat(changes).containsExactly("cut to 3 characters");
        assertThat(clean("\uD83D\uDE00".repeat(255), 255)).isEqualTo("\uD83D\uDE00".repeat(255));
        assertThat(changes).isEmpty();
    }

    @Test
    void removesWhatPostgresCannotStore() {
        assertThat(clean("a\0b\uD83Dc\uDE00d", 255)).isEqualTo("abcd");
        assertThat(changes).containsExactly("characters that cannot be stored were removed");
        assertThat(clean("\0", 255)).isNull();
    }

    @Property
    void alwaysFitsAndSurvivesUtf8(@ForAll("anything") String text) {
        String clean = clean(text, 20);

        if (clean != null) {
            assertThat(clean.codePointCount(0, clean.length())).isBetween(1, 20);
            assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(clean);
            assertThat(clean).doesNotContain("\0");
            assertThat(CleanText.isValid(clean)).isTrue();
        }
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.chars()
                .with('\0', '\uD83D', '\uDE00', ' ', 'a', '\uFFFF')
                .list()
                .ofMaxSize(60)
                .map(chars -> chars.stream().map(String::valueOf).reduce("", String::concat));
    }
}
