package com.vibnai.attribution.acquisition;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Days are counted when a test says so, and at once. A database of its own. */
public final class CountedByHand implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "attribution.reports.every", "1000H",
                "attribution.reports.settled", "0S",
                "attribution.reports.forget", "0S",
                "attribution.reports.health", "1000H",
                // Some reports of a test have more groups, some fewer.
                "attribution.reports.groups-at-once", "4",
                "attribution.reports.uncounted", "2000",
                "attribution.reports.statement-timeout", "2S");
    }
}
