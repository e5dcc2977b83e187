package com.vibnai.attribution.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A re-classification and how far it is. */
@Schema(name = "Reclassification")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReclassificationResponse(
        UUID jobId,

        @Schema(description = "The rules that it classifies by")
        String ruleset,

        @Schema(
                description = "failed: it was interrupted; start it again and it goes on with what is left",
                enumeration = {"running", "done", "failed"})
        String state,

        @Schema(description = "Records that had another rule set when it started")
        long total,

        @Schema(description = "Records that are classified by it")
        long seen,

        @Schema(description = "Records that came to another channel")
        long changed,

        @Schema(description = "Name of the key that started it")
        String requestedBy,

        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    static ReclassificationResponse from(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new ReclassificationResponse(
                row.getUUID("job_id"),
                row.getString("ruleset"),
                row.getString("state"),
                row.getLong("total"),
                row.getLong("seen"),
                row.getLong("changed"),
                row.getString("requested_by"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                finished == null ? null : finished.toInstant());
    }
}
