package com.vibnai.umami.source.database;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes something of what seldom changes, and keeps what it made last. */
final class Last<K, V> implements Function<K, V> {

    private final Function<K, V> make;
    private volatile @Nullable Made<K, V> last;

    Last(Function<K, V> make) {
        this.make = make;
    }

    private record Made<K, V>(K from, V made) {}

    @Override
    public V apply(K from) {
        Made<K, V> known = last;
        if (known == null || !known.from.equals(from)) {
            known = new Made<>(from, make.apply(from));
            last = known;
        }
        return known.made;
    }
}
