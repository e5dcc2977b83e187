package com.vibnai.attribution;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Bounds that a test can reach, and a retention that works in steps of two. */
public final class SmallBounds implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "attribution.identity.links-per-user", "5",
                "attribution.identity.users-per-session", "3",
                "attribution.retention.days", "365",
                "attribution.retention.batch", "2",
                "attribution.retention.every", "1000H");
    }
}
