package com.vibnai.attribution.platform;

import org.jspecify.annotations.Nullable;

/** Text in a line of CSV. */
public final class CsvText {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private CsvText() {}

    /** With an apostrophe in front, if a spreadsheet would take it for a formula: campaign parameters are written by strangers. */
    public static String harmless(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
