package com.vibnai.umami.follower;

import com.vibnai.umami.identity.AttributionConfig;
import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.database.Tail;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Reads each table from its beginning, a batch a step, and gives attribution-service what the rows say; then the latest
 * minutes again and again, for rows that appear late. Links are given before the position moves, and giving one twice adds
 * nothing: so nothing is lost when a replica ends in the middle, and nothing doubled when another takes the step again.
 */
final class FollowTask implements LeasedTask {

    /** Rows and links that this process remembers. */
    private static final int REMEMBERED = 50_000;

    private final Tail tail;
    private final LinkClient attribution;
    private final String bearer;
    private final FollowerConfig config;
    private final Counter rows;
    private final Counter links;
    private final Given given = new Given(REMEMBERED);
    private final Set<Tail.Place> read = Collections.newSetFromMap(Given.latest(REMEMBERED));

    FollowTask(
            Tail tail,
            LinkClient attribution,
            AttributionConfig attributionConfig,
            FollowerConfig config,
            MeterRegistry metrics) {
        this.tail = tail;
        this.attribution = attribution;
        this.bearer = "Bearer " + attributionConfig.apiKey();
        this.config = config;
        this.rows = Counter.builder("umami.follower.rows")
                .description("Rows of Umami that the follower has read, some of them again")
                .register(metrics);
        this.links = Counter.builder("umami.follower.links")
                .description("Links that the follower has given to attribution-service")
                .register(metrics);
    }

    @Override
    public String name() {
        return "umami-links";
    }

    @Override
    public Uni<Step> step(Map<String, Object> position) {
        return Multi.createFrom()
                .items(Tail.Table.values())
                .onItem()
                .transformToUniAndConcatenate(table -> tail.has(table)
                        .flatMap(there -> there
                                ? follow(table, Place.parse(position.get(table.relation())))
                                : Uni.createFrom().item(new Read(table, Place.BEGINNING, false))))
                .collect()
                .asList()
                .map(FollowTask::step);
    }

    /** How far a table has been read, and whether there is more. */
    private record Read(Tail.Table table, Place place, boolean more) {}

    private static Step step(List<Read> tables) {
        Map<String, Object> position = new HashMap<>();
        tables.stream()
                .filter(read -> !read.place.equals(Place.BEGINNING))
                .forEach(read -> position.put(read.table.relation(), read.place.toString()));
        return new Step(position, tables.stream().anyMatch(Read::more));
    }

    private Uni<Read> follow(Tail.Table table, Place from) {
        Instant now = Instant.now();
        Place start = from.start(config.lateness());
        return batch(table, start.at(), start.id()).flatMap(last -> {
            if (last.isEmpty()) {
                return Uni.createFrom().item(new Read(table, new Place(now, Place.LOWEST, true), false));
            }
            Place place = new Place(last.get().at(), last.get().id(), false);
            return from.caughtUp()
                    ? rest(table, place).replaceWith(new Read(table, new Place(now, Place.LOWEST, true), false))
                    : Uni.createFrom().item(new Read(table, place, true));
        });
    }

    /** All that follows: of the latest minutes a step reads everything. */
    private Uni<Void> rest(Tail.Table table, Place place) {
        return batch(table, place.at(), place.id())
                .flatMap(last -> last.map(more -> rest(table, new Place(more.at(), more.id(), false)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Reads a batch and gives it on; the last row of it if there may be more. */
    private Uni<Optional<Tail.Place>> batch(Tail.Table table, Instant after, UUID afterId) {
        return tail.next(table, after, afterId, config.batch())
                .call(this::give)
                .map(places ->
                        places.size() < config.batch() ? Optional.empty() : Optional.of(places.get(places.size() - 1)));
    }

    private Uni<Void> give(List<Tail.Place> places) {
        rows.increment(places.size());
        List<Tail.Place> fresh =
                places.stream().filter(place -> !read.contains(place)).toList();
        if (fresh.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tail.claims(fresh)
                .map(claims -> given.fresh(Names.once(Names.resolve(claims))))
                .flatMap(claims -> give(claims, 0))
                .invoke(() -> fresh.forEach(read::add));
    }

    private Uni<Void> give(List<Claim> fresh, int from) {
        if (from >= fresh.size()) {
            return Uni.createFrom().voidItem();
        }
        List<Claim> part = fresh.subList(from, Math.min(from + config.batch(), fresh.size()));
        return attribution
                .link(bearer, part.stream().map(LinkClient.NewLink::of).toList())
                .invoke(() -> {
                    part.forEach(given::remember);
                    links.increment(part.size());
                })
                .flatMap(done -> give(fresh, from + config.batch()));
    }
}
