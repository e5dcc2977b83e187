package com.vibnai.umami.identity;

import com.vibnai.umami.identity.IdentityConfig.Scan;
import com.vibnai.umami.identity.IdentityResponse.Source;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.SourceDescription;
import com.vibnai.umami.source.UserNames;
import com.vibnai.umami.source.Way;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a user's sessions in Umami's own tables, one way after the other: first those that an index leads to, then, if
 * it may, those that read a whole table.
 */
@ApplicationScoped
class UmamiLookup {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventSource source;
    private final IdentityConfig config;
    private final ScanResults scans;

    UmamiLookup(EventSource source, IdentityConfig config, ScanResults scans) {
        this.source = source;
        this.config = config;
        this.scans = scans;
    }

    /** Adds to {@code findings} what each way finds, or why it was not taken. */
    Uni<Findings> into(Findings findings, UserNames user) {
        return source.describe().flatMap(umami -> Multi.createFrom()
                .iterable(inOrder(umami))
                .onItem()
                .transformToUniAndConcatenate(
                        way -> step(way, umami.cost(way), findings, user).invoke(findings::add))
                .collect()
                .last()
                .replaceWith(findings));
    }

    /** Cheap ways first, so that a scan runs only where they found nothing. */
    private static List<Way> inOrder(SourceDescription umami) {
        return Arrays.stream(Way.values())
                .sorted(Comparator.comparing(umami::cost))
                .toList();
    }

    private Uni<Finding> step(Way way, Way.Cost cost, Findings findings, UserNames user) {
        String reason = reasonToSkip(way, cost, findings);
        if (reason != null) {
            return Uni.createFrom().item(new Finding(way, List.of(), Source.skipped(way.label(), reason)));
        }
        return cost == Way.Cost.SCAN ? scan(way, user) : take(way, user);
    }

    private @Nullable String reasonToSkip(Way way, Way.Cost cost, Findings findings) {
        if (cost == Way.Cost.ABSENT) {
            return "This Umami has nothing of the kind.";
        }
        if (!config.step(way).enabled()) {
            return "Switched off.";
        }
        if (cost == Way.Cost.CHEAP || config.step(way).scan() == Scan.ALWAYS) {
            return null;
        }
        if (config.step(way).scan() == Scan.NEVER) {
            return "There is no index for it, and reading the whole table is not allowed.";
        }
        return findings.foundAny() ? "There is no index for it, and sessions have been found already." : null;
    }

    private Uni<Finding> scan(Way way, UserNames user) {
        return scans.of(way, user, () -> take(way, user));
    }

    private Uni<Finding> take(Way way, UserNames user) {
        long start = System.nanoTime();
        return source.claims(way, user, config.step(way).budget())
                .map(claims -> found(way, user, claims, start))
                .onFailure(TimeoutException.class)
                .recoverWithItem(() -> new Finding(way, List.of(), tooSlow(way, start)));
    }

    private static Finding found(Way way, UserNames user, List<Claim> claims, long start) {
        long sessions = claims.stream()
                .filter(claim -> claim.userId().equals(user.userId()))
                .map(Claim::sessionId)
                .distinct()
                .count();
        return new Finding(way, claims, Source.ran(way.label(), (int) sessions, millisSince(start)));
    }

    private Source tooSlow(Way way, long start) {
        return Source.failed(
                way.label(),
                "It took longer than its " + config.step(way).budget().toMillis() + " ms.",
                millisSince(start));
    }

    static long millisSince(long start) {
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }
}
