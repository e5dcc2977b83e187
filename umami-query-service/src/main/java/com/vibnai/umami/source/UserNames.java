package com.vibnai.umami.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The names by which Umami may know a user. */
public record UserNames(String userId) {

    /** Umami keeps 50 characters of a distinct id. */
    private static final int LONGEST = 50;

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}");

    /** The distinct id: the user's id or, as the tracker computes it for a longer one, 50 digits of its SHA-256. */
    public String distinctId() {
        return userId.length() <= LONGEST ? userId : sha256().substring(0, LONGEST);
    }

    /** The values in session_data: the id as text and, if it is a number, as Umami writes numbers. */
    public List<String> dataValues() {
        return INTEGER.matcher(userId).matches() ? List.of(userId, userId + ".0000") : List.of(userId);
    }

    private String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(userId.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
