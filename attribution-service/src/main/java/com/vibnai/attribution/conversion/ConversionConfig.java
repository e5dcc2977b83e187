package com.vibnai.attribution.conversion;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;

/** What is kept of a conversion. */
@ConfigMapping(prefix = "attribution.conversions")
public interface ConversionConfig {

    /**
     * Names of the properties that are stored, at most 50, each of 1 to 50 letters, digits and underscores. Others are
     * dropped unread: a server that passes on everything it has must not fill our table with tokens and addresses.
     */
    @WithDefault("order_id,plan,product,quantity,coupon,interval")
    @Size(max = 50)
    Set<@Pattern(regexp = "[A-Za-z0-9_]{1,50}") String> properties();
}
