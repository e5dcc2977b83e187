package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.channel.Verdict;
import com.vibnai.attribution.identity.LinkWriter;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes signups, many in one statement. One INSERT … ON CONFLICT decides what becomes of each first touch, whoever else
 * writes at the same time: the row is made, or upgraded from direct to non-direct, or left as it is. Nothing is read before.
 * (Hibernate's upsert is a MERGE, which fails under concurrency.) Rows are locked in order of user id, so that two batches
 * never wait for each other.
 */
@ApplicationScoped
class SignupWriter {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final String WRITE = """
            INSERT INTO attributions AS stored (
                user_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, utm_source_platform,
                click_ids, referrer, landing_page, first_seen_at, direct, last_touch,
                channel, channel_rule, channel_ruleset, last_channel, last_channel_rule, last_channel_ruleset,
                trust, source, recorded_by, signed_up_at, replaced_touch, replaced_at, replaced_because)
            SELECT
                user_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, utm_source_platform,
                click_ids::jsonb, referrer, landing_page, first_seen_at, direct, last_touch::jsonb,
                channel, channel_rule, channel_ruleset, last_channel, last_channel_rule, last_channel_ruleset,
                trust, source, recorded_by, signed_up_at, jsonb_strip_nulls(replaced_touch::jsonb),
                CASE WHEN replaced_touch IS NOT NULL THEN now() END,
                CASE WHEN replaced_touch IS NOT NULL THEN 'direct_before_non_direct' END
            FROM unnest(
                $1::varchar[], $2::varchar[], $3::varchar[], $4::varchar[], $5::varchar[], $6::varchar[], $7::varchar[],
                $8::varchar[], $9::text[], $10::varchar[], $11::varchar[], $12::timestamptz[], $13::boolean[], $14::text[],
                $15::varchar[], $16::varchar[], $17::varchar[], $18::varchar[], $19::varchar[], $20::varchar[],
                $21::varchar[], $22::varchar[], $23::varchar[], $24::timestamptz[], $25::text[])
            AS given (
                user_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, utm_id, utm_source_platform,
                click_ids, referrer, landing_page, first_seen_at, direct, last_touch,
                channel, channel_rule, channel_ruleset, last_channel, last_channel_rule, last_channel_ruleset,
                trust, source, recorded_by, signed_up_at, replaced_touch)
            ORDER BY user_id COLLATE "C"
            ON CONFLICT (user_id) DO UPDATE SET
                utm_source = excluded.utm_source,
                utm_medium = excluded.utm_medium,
                utm_campaign = excluded.utm_campaign,
                utm_term = excluded.utm_term,
                utm_content = excluded.utm_content,
                utm_id = excluded.utm_id,
                utm_source_platform = excluded.utm_source_platform,
                click_ids = excluded.click_ids,
                referrer = excluded.referrer,
                landing_page = excluded.landing_page,
                first_seen_at = excluded.first_seen_at,
                direct = excluded.direct,
                last_touch = excluded.last_touch,
                channel = excluded.channel,
                channel_rule = excluded.channel_rule,
                channel_ruleset = excluded.channel_ruleset,
                last_channel = excluded.last_channel,
                last_channel_rule = excluded.last_channel_rule,
                last_channel_ruleset = excluded.last_channel_ruleset,
                trust = excluded.trust,
                source = excluded.source,
                recorded_by = excluded.recorded_by,
                replaced_touch = jsonb_strip_nulls(jsonb_build_object(
                    'referrer', stored.referrer,
                    'landing_page', stored.landing_page,
                    'first_seen_at', to_char(stored.first_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ'),
                    'direct', true,
                    'last_touch', stored.last_touch,
                    'channel', stored.channel,
                    'channel_rule', stored.channel_rule,
                    'channel_ruleset', stored.channel_ruleset,
                    'trust', stored.trust,
                    'source', stored.source,
                    'recorded_by', stored.recorded_by)),
                replaced_at = now(),
                replaced_because = 'direct_before_non_direct'
            WHERE stored.direct AND NOT excluded.direct
            RETURNING *, xmax = 0 AS created, true AS changed
            """;

    private static final String READ =
            "SELECT *, false AS created, false AS changed FROM attributions WHERE user_id = ANY($1)";

    private final Pool database;
    private final LinkWriter links;

    SignupWriter(Pool database, LinkWriter links) {
        this.database = database;
        this.links = links;
    }

    /**
     * Stores signups and their links, all or none; the answers, in the same order, are given after the commit. Several may
     * be of one user: the rule holds among them in their order.
     */
    Uni<List<SignupResponse>> write(List<Signup> batch) {
        if (batch.stream().allMatch(signup -> signup.link() == null)) {
            return write(database, batch);
        }
        return database.withTransaction(
                transaction -> write(transaction, batch).call(() -> writeLinks(transaction, batch)));
    }

    private Uni<Void> writeLinks(SqlClient transaction, List<Signup> batch) {
        return links.writeAll(
                transaction,
                batch.stream()
                        .filter(signup -> signup.link() != null)
                        .sorted(Comparator.comparing(Signup::userId))
                        .map(signup -> new LinkWriter.NewLink(
                                Objects.requireNonNull(signup.link()),
                                signup.trust(),
                                signup.source().ofLink()))
                        .toList());
    }

    private static Uni<List<SignupResponse>> write(SqlClient client, List<Signup> batch) {
        Collection<UserSignups> users = UserSignups.of(batch);
        Map<String, Row> rows = new HashMap<>();
        return client.preparedQuery(WRITE)
                .execute(parameters(users))
                .invoke(changed -> keep(changed, rows))
                .flatMap(changed -> readKept(client, users, rows))
                .map(nothing -> answers(batch, users, rows));
    }

    /** Reads the rows that the statement left as they are. */
    private static Uni<Void> readKept(SqlClient client, Collection<UserSignups> users, Map<String, Row> rows) {
        String[] others = users.stream()
                .map(UserSignups::userId)
                .filter(user -> !rows.containsKey(user))
                .toArray(String[]::new);
        if (others.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return client.preparedQuery(READ)
                .execute(Tuple.tuple().addArrayOfString(others))
                .invoke(kept -> keep(kept, rows))
                .replaceWithVoid();
    }

    private static void keep(RowSet<Row> found, Map<String, Row> rows) {
        found.forEach(row -> rows.put(row.getString("user_id"), row));
    }

    private static List<SignupResponse> answers(
            List<Signup> batch, Collection<UserSignups> users, Map<String, Row> rows) {
        SignupResponse[] answers = new SignupResponse[batch.size()];
        for (UserSignups user : users) {
            Row row = rows.get(user.userId());
            if (row == null) {
                throw ApiException.unavailable("The record was erased while this call ran; try again.", RETRY);
            }
            AttributionResponse record = AttributionRow.from(row);
            for (int place : user.places()) {
                Outcome outcome = user.outcome(place, row.getBoolean("created"), row.getBoolean("changed"));
                answers[place] = new SignupResponse(
                        outcome == Outcome.CREATED, outcome, batch.get(place).adjustments(), record);
            }
        }
        return Arrays.asList(answers);
    }

    private static Tuple parameters(Collection<UserSignups> users) {
        Columns columns = new Columns(users);
        touch(columns);
        columns.text(user -> TouchJson.text(user.kept().lastTouch()));
        channel(columns, user -> user.kept().channel());
        channel(columns, user -> user.kept().lastChannel());
        columns.text(user -> user.kept().trust().label());
        columns.text(user -> user.kept().source().label());
        columns.text(user -> user.kept().recordedBy());
        columns.time(user -> user.first().signedUpAt());
        columns.text(SignupWriter::replaced);
        return columns.tuple();
    }

    private static void touch(Columns columns) {
        columns.text(UserSignups::userId);
        columns.text(user -> touch(user).campaign().source());
        columns.text(user -> touch(user).campaign().medium());
        columns.text(user -> touch(user).campaign().campaign());
        columns.text(user -> touch(user).campaign().term());
        columns.text(user -> touch(user).campaign().content());
        columns.text(user -> touch(user).campaign().id());
        columns.text(user -> touch(user).campaign().sourcePlatform());
        columns.text(user -> new JsonObject(new LinkedHashMap<>(touch(user).clickIds())).encode());
        columns.text(user -> touch(user).referrer());
        columns.text(user -> touch(user).landingPage());
        columns.time(user -> touch(user).firstSeenAt());
        columns.add(user -> touch(user).direct(), Boolean[]::new);
    }

    private static void channel(Columns columns, Function<UserSignups, @Nullable Verdict> verdict) {
        columns.text(user -> of(verdict.apply(user), Verdict::channel));
        columns.text(user -> of(verdict.apply(user), Verdict::rule));
        columns.text(user -> of(verdict.apply(user), Verdict::ruleset));
    }

    private static @Nullable String of(@Nullable Verdict verdict, Function<Verdict, String> part) {
        return verdict == null ? null : part.apply(verdict);
    }

    private static Touch touch(UserSignups user) {
        return user.kept().firstTouch();
    }

    /** The direct touch that gives way within the batch, as the statement would have kept it. */
    private static @Nullable String replaced(UserSignups user) {
        JsonObject touch = TouchJson.write(user.replaced());
        if (touch == null) {
            return null;
        }
        Signup first = user.first();
        return touch.put("last_touch", TouchJson.write(first.lastTouch()))
                .put("channel", first.channel().channel())
                .put("channel_rule", first.channel().rule())
                .put("channel_ruleset", first.channel().ruleset())
                .put("trust", first.trust().label())
                .put("source", first.source().label())
                .put("recorded_by", first.recordedBy())
                .encode();
    }

    /** Values by column, as unnest takes them. */
    private static final class Columns {

        private final Collection<UserSignups> users;
        private final List<Object> arrays = new ArrayList<>();

        Columns(Collection<UserSignups> users) {
            this.users = users;
        }

        void text(Function<UserSignups, @Nullable String> value) {
            add(value, String[]::new);
        }

        void time(Function<UserSignups, @Nullable Instant> value) {
            add(
                    user -> {
                        Instant time = value.apply(user);
                        return time == null ? null : time.atOffset(ZoneOffset.UTC);
                    },
                    OffsetDateTime[]::new);
        }

        <T> void add(Function<UserSignups, @Nullable T> value, IntFunction<@Nullable T[]> newArray) {
            @Nullable T[] array = newArray.apply(users.size());
            int i = 0;
            for (UserSignups user : users) {
                array[i++] = value.apply(user);
            }
            arrays.add(array);
        }

        Tuple tuple() {
            return Tuple.from(arrays);
        }
    }
}
