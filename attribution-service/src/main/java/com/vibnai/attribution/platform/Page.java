package com.vibnai.attribution.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many as asked for
 * @param nextCursor where the next page starts; null on the last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(
        List<T> items, @Schema(nullable = true) @Nullable String nextCursor) {

    /** Items of a page when none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    /** Items of a page at most. */
    public static final int MAX_LIMIT = 500;

    /** A page of {@code limit} from rows read with one more, which tells whether there is another page. */
    public static <R, T> Page<T> of(List<R> rows, int limit, Function<R, T> item, Function<R, String> cursor) {
        List<R> shown = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? cursor.apply(shown.get(limit - 1)) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
