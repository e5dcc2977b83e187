package com.vibnai.umami.live;

import java.util.HashMap;
import java.util.Map;

/** How many streams are open, in all and by API key. */
final class StreamCount {

    private final int most;
    private final int mostPerKey;
    private final Map<String, Integer> byKey = new HashMap<>();
    private int all;

    StreamCount(int most, int mostPerKey) {
        this.most = most;
        this.mostPerKey = mostPerKey;
    }

    synchronized boolean isFull(String key) {
        return all >= most || byKey.getOrDefault(key, 0) >= mostPerKey;
    }

    /** Counts one more, if there is room. */
    synchronized boolean add(String key) {
        if (isFull(key)) {
            return false;
        }
        all++;
        byKey.merge(key, 1, Integer::sum);
        return true;
    }

    synchronized void remove(String key) {
        all--;
        byKey.computeIfPresent(key, (name, count) -> count == 1 ? null : count - 1);
    }

    synchronized int all() {
        return all;
    }
}
