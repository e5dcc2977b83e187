package com.vibnai.attribution.acquisition;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** The figures of a group, while they are counted. */
final class Figures {

    private final ClassCounts toSignup = new ClassCounts();
    private final ClassCounts toConversion = new ClassCounts();
    private final Map<String, Sum> revenue = new HashMap<>();
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
        sum(currency).add(value);
    }

    private Sum sum(String currency) {
        return revenue.computeIfAbsent(currency, first -> new Sum());
    }

    long signups() {
        return signups;
    }

    /** All that others hold. */
    void addAll(Figures others) {
        toSignup.addAll(others.toSignup);
        toConversion.addAll(others.toConversion);
        others.revenue.forEach((currency, value) -> sum(currency).add(value));
        signups += others.signups;
        convertedUsers += others.convertedUsers;
        conversions += others.conversions;
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
