package com.vibnai.attribution.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassCountsTest {

    @Test
    void hasNoMedianOfNothing() {
        assertThat(new ClassCounts().median()).isNull();
    }

    @Property(tries = 300)
    void findsTheLowerMedianHoweverManyTheClasses(@ForAll List<@IntRange(max = 700) Integer> classes) {
        // Given
        ClassCounts counts = new ClassCounts();
        List<Integer> sorted = new ArrayList<>(classes);
        sorted.sort(null);

        // When
        classes.forEach(counts::add);

        // Then
        Long expected = sorted.isEmpty() ? null : TwoDigits.seconds(sorted.get((sorted.size() - 1) / 2));
        assertThat(counts.median()).isEqualTo(expected);
    }
}
