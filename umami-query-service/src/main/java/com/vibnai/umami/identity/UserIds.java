package com.vibnai.umami.identity;

import com.vibnai.umami.platform.problem.ApiException;

/** What may stand for a user in a path. */
public final class UserIds {

    private static final int LONGEST = 255;

    private UserIds() {}

    /** The id, if it has 1 to 255 characters and none that PostgreSQL cannot store; 400 otherwise. */
    public static String valid(String userId) {
        if (userId.isBlank() || userId.length() > LONGEST || userId.indexOf('\0') >= 0) {
            throw ApiException.invalid("user_id", "has to have 1 to " + LONGEST + " characters");
        }
        return userId;
    }
}
