package com.vibnai.attribution.touch;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configured rules by which touches are read. */
@Singleton
public class TouchRules {

    private final ExternalReferrer referrers;
    private final Duration maxAge;

    @Inject
    TouchRules(TouchConfig config) {
        this(new ExternalReferrer(config.intermediaries().orElse(Set.of())), config.maxAge());
    }

    /** Rules of one's own, for tests and tools. */
    public TouchRules(ExternalReferrer referrers, Duration maxAge) {
        this.referrers = referrers;
        this.maxAge = maxAge;
    }

    /** Which referrers count. */
    public ExternalReferrer referrers() {
        return referrers;
    }

    /** A reader for one request about a signup at {@code signedUpAt}. */
    public TouchReader reader(Instant now, Instant signedUpAt, @Nullable Instant sentAt) {
        return new TouchReader(referrers, signedUpAt.minus(maxAge), now, sentAt, now);
    }
}
