package com.vibnai.attribution.acquisition;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What reports may take, and when days are counted. */
@ConfigMapping(prefix = "attribution.reports")
public interface ReportsConfig {

    /** Reports that are answered at the same time, 1 to 8; each has one connection of the pool. One more answers 503. */
    @WithDefault("4")
    @Min(1)
    @Max(8)
    int concurrent();

    /** How long one statement of a report may run, and a whole report six times that; then 503. */
    @WithDefault("5S")
    Duration statementTimeout();

    /**
     * Signups that a report reads from days that are not counted, at most; then 503. Met only while the days of an existing
     * database are counted for the first time, or after a re-classification.
     */
    @WithDefault("500000")
    @Min(1000)
    int uncounted();

    /**
     * Groups of a report up to which its days are gone through once, 1 to 5,000, with figures of all in memory. Where there are
     * more, days are gone through twice. 600 busy groups by both touches take 6 MB (24 periods) to 11 MB (400) for each of the
     * one or two cores that count, and 5 MB more compared with the time before.
     */
    @WithDefault("600")
    @Min(1)
    @Max(5000)
    int groupsAtOnce();

    /** How often it is looked for days to count. */
    @WithDefault("5S")
    Duration every();

    /** For how long nothing may have changed in a day before it is counted. */
    @WithDefault("10S")
    Duration settled();

    /** How often it is looked for kinds of touches that no day refers to any more, to forget them. */
    @WithDefault("1H")
    Duration forget();

    /** How often the health of attribution is computed for metrics. */
    @WithDefault("5M")
    Duration health();
}
