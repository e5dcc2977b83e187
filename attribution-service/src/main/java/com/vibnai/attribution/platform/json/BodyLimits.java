package com.vibnai.attribution.platform.json;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of what a request may hold. */
@ConfigMapping(prefix = "attribution.limits")
public interface BodyLimits {

    /** Bytes of one body, 1,024 to 1,048,576; more answers 413. */
    @Min(1024)
    @Max(1048576)
    int body();
}
