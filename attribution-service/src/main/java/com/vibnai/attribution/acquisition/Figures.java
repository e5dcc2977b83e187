package com.vibnai.attribution.acquisition;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a group, while they are counted. */
final class Figures {

    private final ClassCounts toSignup = new ClassCounts();
    private final ClassCounts toConversion = new ClassCounts();
    private final Map<String, BigInteger> revenue = new TreeMap<>();
    private long signups;
    private long convertedUsers;
    private long conversions;

    void signUp(int timeClass) {
        signups++;
        if (timeClass >= 0) {
            toSignup.add(timeClass);
        }
    }

    void convert(Converted user) {
        convertedUsers++;
        conversions += user.count();
        toConversion.add(user.timeClass());
        user.addTo(this);
    }

    void earn(String currency, BigInteger value) {
        revenue.merge(currency, value, BigInteger::add);
    }

    FiguresResponse toResponse() {
        return new FiguresResponse(
                signups,
                convertedUsers,
                conversions,
                signups == 0 ? null : (double) convertedUsers / signups,
                RevenueResponse.of(revenue),
                toSignup.median(),
                toConversion.median());
    }
}
