package com.vibnai.attribution.acquisition;

import java.math.BigInteger;
import java.util.Set;

/** Goes through segments and tells a {@link Sink} what is in the groups and periods that are asked for. */
final class SegmentReader {

    private final Groups groups;
    private final Periods periods;
    private final boolean first;
    private final boolean last;
    private final Converted user;
    private final Sink sink;

    SegmentReader(Groups groups, Periods periods, Set<Side> sides, Set<String> conversions, Sink sink) {
        this.groups = groups;
        this.periods = periods;
        this.first = sides.contains(Side.FIRST);
        this.last = sides.contains(Side.LAST);
        this.user = new Converted(conversions);
        this.sink = sink;
    }

    void read(Segment segment) {
        if (segment.day() < periods.firstDay() || segment.day() > periods.lastDay()) {
            return;
        }
        int[] periodOf = periods.ofDay(segment.day());
        Bytes signups = new Bytes(segment.signups());
        int[] groupOf = Segment.touches(signups);
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = groups.of(groupOf[i]);
        }
        readSignups(signups, groupOf, periodOf);
        if (segment.conversions().length > 0) {
            readConversions(new Bytes(segment.conversions()), groupOf, periodOf);
        }
    }

    private void readSignups(Bytes signups, int[] groupOf, int[] periodOf) {
        while (!signups.isAtEnd()) {
            int ofFirst = groupOf[signups.number()];
            int ofLast = groupOf[signups.number()];
            int count = signups.number();
            boolean countsFirst = first && ofFirst >= 0;
            boolean countsLast = last && ofLast >= 0;
            if (!countsFirst && !countsLast) {
                signups.skip(3 * count);
                continue;
            }
            for (int i = 0; i < count; i++) {
                int period = periodOf[signups.single()];
                int timeClass = signups.pair() - 1;
                if (period >= 0) {
                    if (countsFirst) {
                        sink.signUp(Side.FIRST, ofFirst, period, timeClass);
                    }
                    if (countsLast) {
                        sink.signUp(Side.LAST, ofLast, period, timeClass);
                    }
                }
            }
        }
    }

    private void readConversions(Bytes conversions, int[] groupOf, int[] periodOf) {
        boolean[] counting = user.wanted(texts(conversions));
        String[] currencies = texts(conversions);
        while (!conversions.isAtEnd()) {
            int ofFirst = groupOf[conversions.number()];
            int ofLast = groupOf[conversions.number()];
            int period = periodOf[conversions.number()];
            readUser(conversions, counting, currencies);
            if (period >= 0 && user.count() > 0) {
                if (first && ofFirst >= 0) {
                    sink.convert(Side.FIRST, ofFirst, period, user);
                }
                if (last && ofLast >= 0) {
                    sink.convert(Side.LAST, ofLast, period, user);
                }
            }
        }
    }

    private void readUser(Bytes conversions, boolean[] counting, String[] currencies) {
        user.clear();
        for (int entries = conversions.number(); entries > 0; entries--) {
            boolean counts = counting[conversions.number()];
            int currency = conversions.number() - 1;
            int count = conversions.number();
            int timeClass = conversions.number();
            BigInteger value = currency < 0 ? BigInteger.ZERO : conversions.integer();
            if (counts) {
                user.add(count, timeClass);
                if (currency >= 0) {
                    user.add(currencies[currency], value);
                }
            }
        }
    }

    private static String[] texts(Bytes bytes) {
        String[] texts = new String[bytes.number()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = bytes.text();
        }
        return texts;
    }
}
