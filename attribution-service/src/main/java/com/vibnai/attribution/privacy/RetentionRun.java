package com.vibnai.attribution.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One run over the records that are too old.
 *
 * @param runId grows with time
 * @param startedAt when it started
 * @param updatedAt when it last made a step
 * @param finishedAt when it ended; null while it works, or if it was cut off (the next run goes on)
 * @param cutoff records of signups before this are too old
 * @param dryRun whether it only counted
 * @param due what was too old at the start: records, and links and conversions of users without a record
 * @param done how many of them it has anonymised
 */
@Schema(name = "RetentionRun")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RetentionRun(
        long runId,
        Instant startedAt,
        Instant updatedAt,
        @Schema(nullable = true) @Nullable Instant finishedAt,
        Instant cutoff,
        boolean dryRun,
        long due,
        long done) {

    static RetentionRun from(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new RetentionRun(
                row.getLong("run_id"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getOffsetDateTime("cutoff").toInstant(),
                row.getBoolean("dry_run"),
                row.getLong("due"),
                row.getLong("done"));
    }
}
