package com.vibnai.attribution.journey;

import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What a journey starts with.
 *
 * @param conversion name of the conversion, {@value JourneyQuestion#ANY} for any; null is the signup
 */
record JourneyStart(@Nullable String conversion) {

    private static final String SIGNUP = "signup";
    private static final String CONVERSION = "conversion:";

    static JourneyStart parse(@Nullable String text) {
        if (SIGNUP.equals(text)) {
            return new JourneyStart(null);
        }
        if (text != null
                && text.length() > CONVERSION.length()
                && text.startsWith(CONVERSION)
                && StorableText.Check.isStorable(text)) {
            return new JourneyStart(text.substring(CONVERSION.length()));
        }
        throw ApiException.invalid("start", "has to be signup, conversion:NAME or conversion:*");
    }
}
