package com.vibnai.tracker.touch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** The cookie {@code vibn_attribution}. */
@ConfigMapping(prefix = "tracker.touch")
public interface TouchConfig {

    /** Days that it is kept, 1 to 400 (no browser keeps one longer). As {@code data-cookie-days} of the script tag. */
    @WithDefault("90")
    @Min(1)
    @Max(400)
    int cookieDays();

    /**
     * Domain that it is for. Default: the registrable domain that the page and this service share. Never a public suffix.
     */
    Optional<String> cookieDomain();

    /** Origins whose pages may set it. Default: all of the same site. */
    Optional<List<String>> allowedOrigins();
}
