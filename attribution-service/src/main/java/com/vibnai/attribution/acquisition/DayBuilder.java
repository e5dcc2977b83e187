package com.vibnai.attribution.acquisition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes a {@link Segment} of signups. */
final class DayBuilder {

    private static final int TIME_BITS = 11;
    private static final int QUARTER_BITS = 7;
    private static final int PLACE_BITS = 22;

    private final Map<TouchKind, Integer> places = new LinkedHashMap<>();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final Map<String, Integer> currencies = new LinkedHashMap<>();
    private final List<Converted> converted = new ArrayList<>();
    private long[] signups = new long[64];
    private int count;

    private record Converted(int first, int last, int quarter, List<Earned> earned) {}

    void add(Signup signup) {
        int first = place(places, signup.first());
        int last = place(places, signup.last());
        if (count == signups.length) {
            signups = Arrays.copyOf(signups, count * 2);
        }
        signups[count++] = packed(first, last, signup.quarter(), signup.timeClass() + 1);
        if (!signup.earned().isEmpty()) {
            converted.add(new Converted(first, last, signup.quarter(), signup.earned()));
        }
    }

    private static long packed(long first, long last, int quarter, int time) {
        return (((((first << PLACE_BITS) | last) << QUARTER_BITS) | quarter) << TIME_BITS) | time;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The kinds of touches, each of which {@link #build} needs a number of. */
    Collection<TouchKind> kinds() {
        return places.keySet();
    }

    /** The currencies, which are known once it is built. */
    Set<String> currencies() {
        return currencies.keySet();
    }

    Segment build(long day, Map<TouchKind, Integer> ids) {
        return new Segment(day, signups(ids), conversions());
    }

    private byte[] signups(Map<TouchKind, Integer> ids) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(count * 4);
        Bytes.write(out, places.size());
        places.keySet().forEach(kind -> Bytes.write(out, Objects.requireNonNull(ids.get(kind))));
        Arrays.sort(signups, 0, count);
        int from = 0;
        while (from < count) {
            long pair = pair(signups[from]);
            int until = from;
            while (until < count && pair(signups[until]) == pair) {
                until++;
            }
            Bytes.write(out, pair >>> PLACE_BITS);
            Bytes.write(out, pair & ((1L << PLACE_BITS) - 1));
            Bytes.write(out, until - from);
            for (; from < until; from++) {
                int time = (int) signups[from] & ((1 << TIME_BITS) - 1);
                out.write((int) (signups[from] >>> TIME_BITS) & ((1 << QUARTER_BITS) - 1));
                out.write(time >>> 8);
                out.write(time);
            }
        }
        return out.toByteArray();
    }

    private static long pair(long signup) {
        return signup >>> (TIME_BITS + QUARTER_BITS);
    }

    private byte[] conversions() {
        ByteArrayOutputStream users = new ByteArrayOutputStream();
        for (Converted user : converted) {
            Bytes.write(users, user.first());
            Bytes.write(users, user.last());
            Bytes.write(users, user.quarter());
            Bytes.write(users, user.earned().size());
            user.earned().forEach(earned -> write(users, earned));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map<String, Integer> texts : List.of(names, currencies)) {
            Bytes.write(out, texts.size());
            texts.keySet().forEach(text -> Bytes.write(out, text.getBytes(StandardCharsets.UTF_8)));
        }
        out.writeBytes(users.toByteArray());
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out, Earned earned) {
        Bytes.write(out, place(names, earned.name()));
        Bytes.write(out, earned.currency() == null ? 0 : place(currencies, earned.currency()) + 1);
        Bytes.write(out, earned.count());
        Bytes.write(out, earned.timeClass());
        if (earned.currency() != null) {
            Bytes.write(out, earned.value().toByteArray());
        }
    }

    private static <T> int place(Map<T, Integer> places, T of) {
        return places.computeIfAbsent(of, key -> places.size());
    }
}
