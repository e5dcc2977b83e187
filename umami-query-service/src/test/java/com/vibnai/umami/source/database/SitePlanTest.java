package com.vibnai.umami.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Action;
import com.vibnai.umami.source.Occurrences;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A funnel of a narrow range reads that range, by an index, and no table whole. */
class SitePlanTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource
    void readsNoTableWholeForANarrowRange(UmamiSchema schema) throws Exception {
        // Given
        try (GeneratedUmami umami = new GeneratedUmami(schema, 40_000, Map.of())) {
            umami.grow(20_000);
            DatabaseSource source = umami.world.source;
            List<UUID> websites = answer(source.describe()).websites().stream()
                    .map(site -> site.websiteId())
                    .toList();
            assertThat(websites).hasSizeGreaterThan(1);
            umami.world.statements.seen.clear();
            Instant from = Instant.parse("2026-04-01T00:00:00Z");
            Instant to = from.plus(Duration.ofDays(2));

            // When
            Occurrences found = answer(source.occurrences(
                    websites,
                    List.of(
                            new Action(Action.Kind.VISIT, ""),
                            new Action(Action.Kind.PATH, "/docs*"),
                            new Action(Action.Kind.EVENT, "download")),
                    from,
                    to,
                    to));
            answer(source.firstOfEach(found.found().stream()
                    .map(one -> new Segment(one.websiteId(), one.sessionId(), from, to, false))
                    .distinct()
                    .toList()));

            // Then
            assertThat(found.found()).isNotEmpty();
            List<Recorder.Statement> ran = List.copyOf(umami.world.statements.seen);
            assertThat(ran).hasSize(2);
            for (Recorder.Statement statement : ran) {
                String plan = explain(umami, statement);
                assertThat(plan)
                        .as(statement.sql())
                        .containsPattern("Index( Only)? Scan|Bitmap Index Scan")
                        .doesNotContainPattern("Seq Scan on (website_event|session)\\b");
            }
        }
    }

    private static String explain(GeneratedUmami umami, Recorder.Statement statement) {
        return StreamSupport.stream(
                        answer(umami.world.statements.query(
                                        "EXPLAIN " + statement.sql(), statement.parameters(), PATIENCE))
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
