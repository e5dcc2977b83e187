package com.vibnai.attribution.channel;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One step of a re-classification: some records in order of user id, and the job's progress with them in one transaction, so
 * what is counted is done. A record whose touch is replaced meanwhile is left to the one who replaced it.
 */
@Singleton
class ReclassificationSteps {

    private static final String READ = """
            SELECT user_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, utm_source_platform,
                click_ids, referrer, landing_page, first_seen_at, direct, last_touch, channel, replaced_at
            FROM attributions
            WHERE user_id > $1 AND channel_ruleset IS DISTINCT FROM $2
            ORDER BY user_id
            LIMIT $3
            """;

    private static final String WRITE = """
            UPDATE attributions AS stored SET
                channel = given.channel,
                channel_rule = given.channel_rule,
                channel_ruleset = given.ruleset,
                last_channel = given.last_channel,
                last_channel_rule = given.last_channel_rule,
                last_channel_ruleset = CASE WHEN given.last_channel IS NOT NULL THEN given.ruleset END
            FROM (
                SELECT *, $7::varchar AS ruleset FROM unnest(
                    $1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::varchar[], $6::timestamptz[])
                AS t (user_id, channel, channel_rule, last_channel, last_channel_rule, replaced_at)
                ORDER BY user_id COLLATE "C") AS given
            WHERE stored.user_id = given.user_id AND stored.replaced_at IS NOT DISTINCT FROM given.replaced_at
            """;

    private static final String PROGRESS = """
            UPDATE channel_jobs SET seen = seen + $2, changed = changed + $3, updated_at = now() WHERE job_id = $1
            """;

    private final Classifier classifier;
    private final int size;

    ReclassificationSteps(Classifier classifier, ChannelConfig config) {
        this.classifier = classifier;
        this.size = config.batch();
    }

    /** Classifies the records after {@code after}; answers the last one's user id, null when there was none. */
    Uni<@Nullable String> step(SqlConnection connection, UUID job, String after) {
        return connection.begin().flatMap(transaction -> connection
                .preparedQuery(READ)
                .execute(Tuple.of(after, classifier.ruleset(), size))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ClassifiedRow::from)
                        .toList())
                .flatMap(rows ->
                        rows.isEmpty() ? Uni.createFrom().<@Nullable String>nullItem() : write(connection, job, rows))
                .call(transaction::commit)
                .onFailure()
                .call(() -> transaction.rollback().onFailure().recoverWithNull()));
    }

    private Uni<@Nullable String> write(SqlConnection connection, UUID job, List<ClassifiedRow> rows) {
        List<Verdict> first =
                rows.stream().map(row -> classifier.classify(row.first())).toList();
        long changed = 0;
        for (int i = 0; i < rows.size(); i++) {
            changed += Objects.equals(rows.get(i).channel(), first.get(i).channel()) ? 0 : 1;
        }
        Tuple progress = Tuple.of(job, (long) rows.size(), changed);
        return connection
                .preparedQuery(WRITE)
                .execute(parameters(rows, first))
                .flatMap(written -> connection.preparedQuery(PROGRESS).execute(progress))
                .map((RowSet<?> counted) -> rows.get(rows.size() - 1).userId());
    }

    private Tuple parameters(List<ClassifiedRow> rows, List<Verdict> first) {
        List<@Nullable Verdict> last = rows.stream()
                .map(row -> classifier.classifyNullable(row.last()))
                .collect(Collectors.toList());
        return Tuple.tuple()
                .addArrayOfString(texts(rows, ClassifiedRow::userId))
                .addArrayOfString(texts(first, Verdict::channel))
                .addArrayOfString(texts(first, Verdict::rule))
                .addArrayOfString(texts(last, verdict -> verdict == null ? null : verdict.channel()))
                .addArrayOfString(texts(last, verdict -> verdict == null ? null : verdict.rule()))
                .addArrayOfOffsetDateTime(
                        rows.stream().map(ClassifiedRow::replacedAt).toArray(OffsetDateTime[]::new))
                .addString(classifier.ruleset());
    }

    private static <T extends @Nullable Object> String[] texts(List<T> of, Function<T, @Nullable String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }
}
