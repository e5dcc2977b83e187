package com.vibnai.attribution.platform;

import com.vibnai.attribution.platform.problem.ApiException;
import org.jspecify.annotations.Nullable;

/** How many items a caller asks for. Read from text, so that what is no number is a 400 and not a missing page. */
public final class Limit {

    private Limit() {}

    /** The number, {@code missing} if there is none; 400 if it is not from 1 to {@code most}. */
    public static int parse(@Nullable String text, int missing, int most) {
        if (text == null) {
            return missing;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of bounds.
        }
        throw ApiException.invalid("limit", "has to be a number from 1 to " + most);
    }
}
