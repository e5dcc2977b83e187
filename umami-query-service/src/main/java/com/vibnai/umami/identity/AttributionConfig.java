package com.vibnai.umami.identity;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.NotBlank;

/** Where attribution-service is. */
@ConfigMapping(prefix = "umami.attribution")
public interface AttributionConfig {

    /** Its address, without a path. */
    @NotBlank
    String url();

    /** A key of its with the scope {@code read}, and {@code ingest} if links are to be pushed back. */
    @NotBlank
    String apiKey();
}
