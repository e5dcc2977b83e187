package com.vibnai.attribution.platform.audit;

import com.vibnai.attribution.platform.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Writes and reads the audit log. */
@ApplicationScoped
public class AuditLog {

    private static final String WRITE =
            "INSERT INTO audit_log (actor, action, status, subject) VALUES ($1, $2, $3, subject_hash($4))";

    private static final String READ = """
            SELECT audit_id, at, actor, action, status, encode(subject, 'hex') AS subject
            FROM audit_log
            WHERE audit_id < $1
            ORDER BY audit_id DESC
            LIMIT $2
            """;

    private static final String READ_ABOUT = """
            SELECT audit_id, at, actor, action, status, encode(subject, 'hex') AS subject
            FROM audit_log
            WHERE audit_id < $1 AND subject = subject_hash($3)
            ORDER BY audit_id DESC
            LIMIT $2
            """;

    private final Pool database;

    AuditLog(Pool database) {
        this.database = database;
    }

    Uni<Void> write(String actor, String action, int status, @Nullable String userId) {
        return database.preparedQuery(WRITE)
                .execute(Tuple.of(actor, action, status, userId))
                .replaceWithVoid();
    }

    /** The entries before {@code before}, newest first; about one user, if one is given. */
    public Uni<Page<AuditEntry>> page(long before, @Nullable String userId, int limit) {
        return (userId == null
                        ? database.preparedQuery(READ).execute(Tuple.of(before, limit + 1))
                        : database.preparedQuery(READ_ABOUT).execute(Tuple.of(before, limit + 1, userId)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AuditLog::from)
                        .toList())
                .map(rows -> Page.of(rows, limit, row -> row, last -> Long.toString(last.auditId())));
    }

    private static AuditEntry from(Row row) {
        return new AuditEntry(
                row.getLong("audit_id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getInteger("status"),
                row.getString("subject"));
    }
}
