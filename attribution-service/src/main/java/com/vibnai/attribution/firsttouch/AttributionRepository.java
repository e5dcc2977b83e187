package com.vibnai.attribution.firsttouch;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads attributions: one, or a page in order of signup, newest first. */
@ApplicationScoped
@WithSession
class AttributionRepository implements PanacheRepositoryBase<AttributionEntity, String> {

    private static final Map<String, String> FIELDS = Map.of(
            "channel", "channel",
            "utm_source", "utmSource",
            "utm_medium", "utmMedium",
            "utm_campaign", "utmCampaign");

    Uni<List<AttributionEntity>> page(AttributionFilter filter, int size) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        filter.equal().forEach((column, value) -> {
            conditions.add(FIELDS.get(column) + " = :" + column);
            parameters.put(column, value);
        });
        if (filter.from() != null) {
            conditions.add("signedUpAt >= :from");
            parameters.put("from", filter.from());
        }
        if (filter.to() != null) {
            conditions.add("signedUpAt < :to");
            parameters.put("to", filter.to());
        }
        if (filter.after() != null) {
            conditions.add("(signedUpAt < :afterTime or signedUpAt = :afterTime and userId > :afterUser)");
            parameters.put("afterTime", filter.after().signedUpAt());
            parameters.put("afterUser", filter.after().userId());
        }
        String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return find("from AttributionEntity " + where + " order by signedUpAt desc, userId", parameters)
                .range(0, size - 1)
                .list();
    }
}
