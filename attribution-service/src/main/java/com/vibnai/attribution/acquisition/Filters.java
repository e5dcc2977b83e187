package com.vibnai.attribution.acquisition;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which touches count.
 *
 * @param allowed the values of each dimension that is filtered by; empty text stands for none
 */
record Filters(Map<Dimension, List<String>> allowed) {

    static final Filters NONE = new Filters(new EnumMap<>(Dimension.class));

    boolean pass(TouchKind kind) {
        return allowed.entrySet().stream().allMatch(filter -> {
            String value = kind.get(filter.getKey());
            return filter.getValue().contains(value == null ? "" : value);
        });
    }
}
