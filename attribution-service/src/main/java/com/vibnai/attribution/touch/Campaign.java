package com.vibnai.attribution.touch;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The utm_ parameters of a touch, as they stood in the address. */
public record Campaign(
        @Nullable String source,
        @Nullable String medium,
        @Nullable String campaign,
        @Nullable String term,
        @Nullable String content,
        @Nullable String id,
        @Nullable String sourcePlatform) {

    /** Whether there was none of them. */
    public boolean isEmpty() {
        return Stream.of(source, medium, campaign, term, content, id, sourcePlatform)
                .allMatch(Objects::isNull);
    }
}
