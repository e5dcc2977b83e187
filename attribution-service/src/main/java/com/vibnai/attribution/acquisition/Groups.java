package com.vibnai.attribution.acquisition;

import com.vibnai.attribution.platform.problem.ApiException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which group of a report each touch belongs to, if it passes the filters. */
final class Groups {

    /** More would not fit in memory. */
    static final int MOST = 250_000;

    private final List<Dimension> by;
    private final Filters filters;
    private final Map<List<@Nullable String>, Integer> numbers = new HashMap<>();
    private final List<List<@Nullable String>> values = new ArrayList<>();
    private int[] groups = new int[1024];
    private int touches;

    Groups(List<Dimension> by, Filters filters) {
        this.by = by;
        this.filters = filters;
    }

    /** Stored touches of one group that pass the filters, by their numbers of four bytes each. */
    void add(ByteBuffer stored, List<@Nullable String> value) {
        int group = number(value);
        while (stored.hasRemaining()) {
            add(stored.getInt(), group);
        }
    }

    private void add(int touch, int group) {
        if (touch >= groups.length) {
            int size = groups.length;
            groups = Arrays.copyOf(groups, Math.max(touch + 1, size * 2));
        }
        touches = Math.max(touches, touch + 1);
        // Zero is no group.
        groups[touch] = group + 1;
    }

    /** A touch that has no number; answers one. */
    int add(TouchKind kind) {
        int touch = touches++;
        if (filters.pass(kind)) {
            add(touch, number(by.stream().map(kind::get).toList()));
        }
        return touch;
    }

    private int number(List<@Nullable String> value) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        if (values.size() == MOST) {
            throw ApiException.invalid("by", "has more than " + MOST + " values that pass the filters; use filters");
        }
        numbers.put(value, values.size());
        values.add(value);
        return values.size() - 1;
    }

    /** The group of each touch by its number, or a negative number. */
    int of(int touch) {
        return touch < groups.length ? groups[touch] - 1 : -1;
    }

    int count() {
        return values.size();
    }

    List<@Nullable String> value(int group) {
        return values.get(group);
    }
}
