package com.vibnai.umami.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The campaign parameters and click ids that an event can carry. */
public final class Campaigns {

    /** Campaign parameters. */
    public static final List<String> UTM =
            List.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id");

    /** Click ids, by the names that attribution-service has for them. */
    public static final List<String> CLICK_IDS = List.of(
            "gclid",
            "gbraid",
            "wbraid",
            "dclid",
            "gclsrc",
            "gad_source",
            "fbclid",
            "msclkid",
            "ttclid",
            "twclid",
            "li_fat_id",
            "rdt_cid",
            "sccid",
            "epik",
            "yclid",
            "irclid",
            "mc_cid",
            "_kx");

    private Campaigns() {}

    /**
     * The named values that are there: in Umami's own column, else in the stored query. Before 2.18 Umami had no columns
     * for them, and it never had one for most.
     *
     * @param column value of a column by its name, null if there is no such column or nothing in it
     */
    public static Map<String, String> read(
            List<String> names, UnaryOperator<@Nullable String> column, @Nullable String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String name : names) {
            String value = column.apply(name);
            String known = value == null || value.isEmpty() ? QueryParameters.get(query, name) : value;
            if (known != null) {
                found.put(name, known);
            }
        }
        return found;
    }
}
