package com.vibnai.attribution.platform.json;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of what a request may hold. */
@ConfigMapping(prefix = "attribution.limits")
public interface BodyLimits {

    /** Bytes of one body, 1,024 to 1,048,576; more answers 413. */
    @Min(1024)
    @Max(1048576)
    int body();

    /** Bytes of one body of a call whose path ends in {@value #BATCH}, 1,024 to 67,108,864; more answers 413. */
    @Min(1024)
    @Max(67108864)
    int batchBody();

    /** Items of one call that takes many at once, 1 to 50,000; more answers 413. */
    @WithDefault("5000")
    @Min(1)
    @Max(50000)
    int batchItems();

    /** End of the path of a call that takes many items at once. */
    String BATCH = "/batch";

    /** Bytes that a call to {@code path} may send. */
    static int of(BodyLimits limits, String path) {
        return path.endsWith(BATCH) ? limits.batchBody() : limits.body();
    }
}
