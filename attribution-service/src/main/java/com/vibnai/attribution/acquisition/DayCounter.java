package com.vibnai.attribution.acquisition;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Counts one day anew. The snapshot that its signups are read in is the one whose marks are taken away: a change that the
 * snapshot does not see leaves a mark that is not taken away.
 */
@Singleton
class DayCounter {

    private static final String REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL jit = off";
    private static final String UNMARK = "DELETE FROM acquisition_marks WHERE day = $1";

    /** One process counts at a time, so none of these appears meanwhile. */
    private static final String ADD_TOUCHES = """
            INSERT INTO acquisition_touches (fingerprint, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
                landing_page, referrer_host, trust, source, missing)
            SELECT * FROM unnest($1::bytea[], $2::varchar[], $3::varchar[], $4::varchar[], $5::varchar[], $6::varchar[],
                $7::varchar[], $8::varchar[], $9::varchar[], $10::varchar[], $11::varchar[], $12::varchar[])
                AS found (fingerprint)
            WHERE NOT EXISTS (
                SELECT FROM acquisition_touches AS known WHERE known.fingerprint = found.fingerprint)
            """;

    private static final String NUMBERS =
            "SELECT touch_id, fingerprint FROM acquisition_touches WHERE fingerprint = ANY ($1)";

    private static final String WRITE = """
            INSERT INTO acquisition_days (day, touches, currencies, signups, conversions) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (day) DO UPDATE SET touches = excluded.touches, currencies = excluded.currencies,
                signups = excluded.signups, conversions = excluded.conversions
            """;

    private static final String REMOVE = "DELETE FROM acquisition_days WHERE day = $1";

    Uni<Void> count(SqlConnection connection, LocalDate day) {
        return connection.begin().flatMap(transaction -> connection
                .query(REPEATABLE)
                .execute()
                .flatMap(begun -> connection.preparedQuery(UNMARK).execute(Tuple.of(day)))
                .flatMap(unmarked -> read(connection, day))
                .flatMap(signups -> signups.isEmpty()
                        ? connection
                                .preparedQuery(REMOVE)
                                .execute(Tuple.of(day))
                                .replaceWithVoid()
                        : write(connection, day, signups))
                .call(transaction::commit)
                .onFailure()
                .call(() -> transaction.rollback().onFailure().recoverWithNull()));
    }

    private static Uni<DayBuilder> read(SqlConnection connection, LocalDate day) {
        DayBuilder builder = new DayBuilder();
        return AcquisitionRepository.signups(connection, List.of(day.toEpochDay()))
                .invoke(builder::add)
                .collect()
                .with(Collectors.counting())
                .replaceWith(builder);
    }

    private static Uni<Void> write(SqlConnection connection, LocalDate day, DayBuilder signups) {
        return numbers(connection, List.copyOf(signups.kinds())).flatMap(numbers -> {
            Segment segment = signups.build(day.toEpochDay(), numbers);
            return connection
                    .preparedQuery(WRITE)
                    .execute(Tuple.of(
                            day,
                            numbers.values().toArray(Integer[]::new),
                            signups.currencies().toArray(String[]::new),
                            Buffer.buffer(segment.signups()),
                            Buffer.buffer(segment.conversions())))
                    .replaceWithVoid();
        });
    }

    /** The number of each kind; those that are new get one. */
    private static Uni<Map<TouchKind, Integer>> numbers(SqlConnection connection, List<TouchKind> kinds) {
        Map<Buffer, TouchKind> byFingerprint = new HashMap<>();
        List<Buffer> fingerprints = new ArrayList<>();
        for (TouchKind kind : kinds) {
            Buffer fingerprint = Buffer.buffer(kind.fingerprint());
            fingerprints.add(fingerprint);
            byFingerprint.put(fingerprint, kind);
        }
        Buffer[] all = fingerprints.toArray(Buffer[]::new);
        Tuple columns = Tuple.tuple().addValue(all);
        for (Dimension dimension : Dimension.values()) {
            columns.addArrayOfString(
                    kinds.stream().map(kind -> kind.get(dimension)).toArray(String[]::new));
        }
        return connection
                .preparedQuery(ADD_TOUCHES)
                .execute(columns)
                .flatMap(added ->
                        connection.preparedQuery(NUMBERS).execute(Tuple.tuple().addValue(all)))
                .map(rows -> {
                    Map<TouchKind, Integer> numbers = new HashMap<>();
                    rows.forEach(row -> numbers.put(
                            Objects.requireNonNull(byFingerprint.get(row.get(Buffer.class, 1))), row.getInteger(0)));
                    return numbers;
                });
    }
}
