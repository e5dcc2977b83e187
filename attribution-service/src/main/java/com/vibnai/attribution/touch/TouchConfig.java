package com.vibnai.attribution.touch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What of a touch is believed and kept. */
@ConfigMapping(prefix = "attribution.first-touch")
public interface TouchConfig {

    /**
     * A touch that claims to be older than this, before the signup, is moved forward to it and the answer says so. The
     * longest that browsers let a cookie live is 400 days, so nothing real is older.
     */
    @WithDefault("400d")
    Duration maxAge();

    /** Names of further click ids to keep, letters, digits, {@code _}, {@code -} and {@code .}, 40 at most. */
    Optional<Set<@Pattern(regexp = "[A-Za-z0-9_.-]{1,40}") String>> clickIds();

    /** Further hosts that only hand a visitor back, in lower case; each stands for the hosts below it too. */
    Optional<Set<@Pattern(regexp = "[a-z0-9.-]{1,253}") String>> intermediaries();
}
