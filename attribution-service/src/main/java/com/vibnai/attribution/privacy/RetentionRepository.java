package com.vibnai.attribution.privacy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Runs and their steps; what a step does to a record is in V40__anonymise_what_has_no_record.sql. */
@ApplicationScoped
class RetentionRepository {

    private static final String START = """
            INSERT INTO retention_runs (cutoff, dry_run, due, finished_at)
            SELECT $1, $2, sum(due), CASE WHEN $2 THEN now() END
            FROM (
                SELECT count(*) AS due FROM attributions WHERE signed_up_at < $1 AND anonymised_at IS NULL
                UNION ALL SELECT count(*) FROM links_without_record($1)
                UNION ALL SELECT count(*) FROM conversions_without_record($1)) AS counts
            RETURNING *
            """;

    /** One transaction: the records and the progress, or neither. No row when another process is at it. */
    private static final String STEP = """
            WITH step AS (SELECT anonymise_records($2, $3) AS done)
            UPDATE retention_runs AS run
            SET done = run.done + step.done, updated_at = now(), finished_at = CASE WHEN step.done < $3 THEN now() END
            FROM step
            WHERE run_id = $1 AND step.done IS NOT NULL
            RETURNING step.done
            """;

    private static final String READ = "SELECT * FROM retention_runs ORDER BY run_id DESC LIMIT $1";

    private final Pool database;

    RetentionRepository(Pool database) {
        this.database = database;
    }

    Uni<RetentionRun> start(Instant cutoff, boolean dryRun) {
        return database.preparedQuery(START)
                .execute(Tuple.of(cutoff.atOffset(ZoneOffset.UTC), dryRun))
                .map(rows -> RetentionRun.from(rows.iterator().next()));
    }

    /** Anonymises at most {@code most} records; answers how many, null when another process is at it. */
    Uni<@Nullable Integer> step(RetentionRun run, int most) {
        return database.preparedQuery(STEP)
                .execute(Tuple.of(run.runId(), run.cutoff().atOffset(ZoneOffset.UTC), most))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getInteger("done"));
    }

    /** The latest runs, newest first. */
    Uni<List<RetentionRun>> latest(int limit) {
        return database.preparedQuery(READ).execute(Tuple.of(limit)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(RetentionRun::from)
                .toList());
    }
}
