package com.vibnai.attribution.touch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Text as a column can hold it. PostgreSQL has no NUL in text, UTF-8 has no half of a surrogate pair, and a column has an
 * end. Lengths count code points, as PostgreSQL does.
 */
public final class CleanText {

    private CleanText() {}

    /**
     * The text without white space around it; absent if nothing is left.
     *
     * @param longest code points that are kept
     * @param changed told what was done, if more than white space went
     */
    public static @Nullable String of(@Nullable String text, int longest, Consumer<String> changed) {
        if (text == null) {
            return null;
        }
        String valid = isValid(text) ? text : withoutInvalid(text);
        if (valid.length() != text.length()) {
            changed.accept("characters that cannot be stored were removed");
        }
        String stripped = valid.strip();
        if (stripped.length() > longest && stripped.codePointCount(0, stripped.length()) > longest) {
            stripped = stripped.substring(0, stripped.offsetByCodePoints(0, longest));
            changed.accept("cut to " + longest + " characters");
        }
        return stripped.isEmpty() ? null : stripped;
    }

    /** Whether PostgreSQL can store it as it is: no NUL, no half of a surrogate pair. */
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String withoutInvalid(String text) {
        StringBuilder valid = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPair(text, i)) {
                valid.append(c).append(text.charAt(++i));
            } else if (c != 0 && !Character.isSurrogate(c)) {
                valid.append(c);
            }
        }
        return valid.toString();
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
