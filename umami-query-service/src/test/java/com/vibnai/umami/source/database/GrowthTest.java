package com.vibnai.umami.source.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.generator.Generated;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.umami.source.Segment;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * A user's answer costs what that user's data costs, however large Umami grows around it. Cost is what PostgreSQL itself
 * counts, blocks that a statement touches: a busy machine does not change it.
 */
class GrowthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern BLOCKS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");
    private static final int USERS = 30;
    private static final int EVENTS = 30_000;
    private static final double A_THIRD_MORE = 4.0 / 3;

    @Test
    void touchesAsManyBlocksForAUserAfterUmamiHasGrownTenfold() throws Exception {
        // Given
        try (GeneratedUmami umami = new GeneratedUmami(UmamiSchema.V3_1, EVENTS, Map.of())) {
            DatabaseSource source = umami.world.source;
            answer(source.describe());
            umami.world.statements.seen.clear();
            for (Generated.User user : umami.users.subList(0, USERS)) {
                List<Segment> segments = umami.segmentsOf(user);
                answer(source.totals(segments, user.signedUpAt()));
                answer(source.latest(segments, null, 51));
            }
            List<Recorder.Statement> statements = List.copyOf(umami.world.statements.seen);
            assertThat(statements).hasSize(2 * USERS);
            long before = blocks(umami, statements);

            // When
            umami.grow(9L * EVENTS);
            long after = blocks(umami, statements);

            // Then
            assertThat(before).isPositive();
            assertThat((double) after / before)
                    .as("%,d blocks, then %,d", before, after)
                    .isLessThan(A_THIRD_MORE);
        }
    }

    private static long blocks(GeneratedUmami umami, List<Recorder.Statement> statements) {
        umami.world.database.execute("VACUUM ANALYZE");
        return statements.stream()
                .mapToLong(statement -> blocks(umami, statement))
                .sum();
    }

    private static long blocks(GeneratedUmami umami, Recorder.Statement statement) {
        String plan = StreamSupport.stream(
                        answer(umami.world.statements.query(
                                        "EXPLAIN (ANALYZE, BUFFERS) " + statement.sql(),
                                        statement.parameters(),
                                        PATIENCE))
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
        // The first is that of the whole statement.
        MatchResult found = BLOCKS.matcher(plan).results().findFirst().orElseThrow();
        return number(found.group(1)) + number(found.group(2));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
