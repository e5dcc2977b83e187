package com.vibnai.attribution.acquisition;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a report has to say, by plain SQL on the tables of the record. It shares nothing with the service. */
final class NaiveReport {

    static final String NOTHING = "(nothing)";
    static final String OTHER = "(other)";

    private static final String TOUCHES = """
            CREATE VIEW naive_touches AS
            WITH touches AS (
                SELECT user_id, signed_up_at, first_seen_at, trust, 'first' AS side, channel, utm_source, utm_medium,
                    utm_campaign, utm_content, utm_term, landing_page, referrer
                FROM attributions
                UNION ALL
                SELECT user_id, signed_up_at, first_seen_at, trust, 'last',
                    CASE WHEN last_touch IS NULL THEN channel ELSE last_channel END,
                    CASE WHEN last_touch IS NULL THEN utm_source ELSE last_touch ->> 'utm_source' END,
                    CASE WHEN last_touch IS NULL THEN utm_medium ELSE last_touch ->> 'utm_medium' END,
                    CASE WHEN last_touch IS NULL THEN utm_campaign ELSE last_touch ->> 'utm_campaign' END,
                    CASE WHEN last_touch IS NULL THEN utm_content ELSE last_touch ->> 'utm_content' END,
                    CASE WHEN last_touch IS NULL THEN utm_term ELSE last_touch ->> 'utm_term' END,
                    CASE WHEN last_touch IS NULL THEN landing_page ELSE last_touch ->> 'landing_page' END,
                    CASE WHEN last_touch IS NULL THEN referrer ELSE last_touch ->> 'referrer' END
                FROM attributions)
            SELECT user_id, signed_up_at, side, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term, trust,
                nullif(split_part(split_part(landing_page, '#', 1), '?', 1), '') AS landing_page,
                regexp_replace(lower(substring(referrer FROM '^[a-zA-Z]+://([^/?#:]+)')), '^www\\.', '') AS referrer_host,
                CASE WHEN first_seen_at < signed_up_at THEN floor(extract(epoch FROM signed_up_at - first_seen_at))
                    WHEN first_seen_at IS NOT NULL THEN 0 END AS seconds
            FROM touches
            """;

    private static final String USERS = """
            SELECT %1$s AS touch_value, date_trunc('%2$s', signed_up_at AT TIME ZONE '%3$s')::date AS period, user_id,
                round(seconds, least(0, 2 - length(seconds::text))) AS seconds, conversions,
                round(waited, least(0, 2 - length(waited::text))) AS waited
            FROM naive_touches
            CROSS JOIN LATERAL (
                SELECT count(*) AS conversions,
                    CASE WHEN min(occurred_at) < signed_up_at THEN 0
                        ELSE floor(extract(epoch FROM min(occurred_at) - signed_up_at)) END AS waited
                FROM conversions WHERE conversions.user_id = naive_touches.user_id AND %7$s) AS converted
            WHERE side = '%4$s' AND (signed_up_at AT TIME ZONE '%3$s')::date >= '%5$s'
                AND (signed_up_at AT TIME ZONE '%3$s')::date < '%6$s' AND %8$s
            """;

    private static final String BUCKET = "CASE WHEN coalesce(touch_value, '" + NOTHING
            + "') = ANY (?) THEN coalesce(touch_value, '" + NOTHING + "') ELSE '" + OTHER + "' END";

    private final Connection database;

    NaiveReport(Connection database) throws SQLException {
        this.database = database;
        try (Statement statement = database.createStatement()) {
            statement.execute("DROP VIEW IF EXISTS naive_touches");
            statement.execute(TOUCHES);
        }
    }

    /** What is asked: parameters of the report as SQL. */
    record Question(
            String by, String interval, String zone, LocalDate from, LocalDate to, String conversions, String filters) {

        Question during(LocalDate newFrom, LocalDate newTo) {
            return new Question(by, interval, zone, newFrom, newTo, conversions, filters);
        }

        private String users(String side) {
            return USERS.formatted(
                    by, interval.equals("none") ? "year" : interval, zone, side, from, to, conversions, filters);
        }
    }

    /** Signups by value. */
    Map<String, Long> signups(Question question, String side) throws SQLException {
        Map<String, Long> found = new TreeMap<>();
        each(
                "SELECT coalesce(touch_value, '" + NOTHING + "'), count(*) FROM (" + question.users(side)
                        + ") AS u GROUP BY 1",
                List.of(),
                row -> found.put(row.getString(1), row.getLong(2)));
        return found;
    }

    /** The figures of these values, and of all others together. */
    Map<String, String> figures(Question question, String side, List<String> shown) throws SQLException {
        Map<String, String> revenue = new TreeMap<>();
        each(
                "SELECT " + BUCKET + ", currency, sum(value) FROM (" + question.users(side)
                        + ") AS u JOIN conversions USING (user_id) WHERE currency IS NOT NULL AND "
                        + question.conversions() + " GROUP BY 1, 2 ORDER BY 1, 2",
                shown,
                row -> revenue.merge(
                        row.getString(1), money(row.getString(2), row.getBigDecimal(3)), (a, b) -> a + " " + b));
        Map<String, String> figures = new TreeMap<>();
        each(
                "SELECT " + BUCKET + ", count(*), count(*) FILTER (WHERE conversions > 0), sum(conversions),"
                        + " percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds),"
                        + " percentile_disc(0.5) WITHIN GROUP (ORDER BY waited) FROM (" + question.users(side)
                        + ") AS u GROUP BY 1",
                shown,
                row -> figures.put(
                        row.getString(1),
                        text(
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                revenue.getOrDefault(row.getString(1), ""),
                                row.getString(5),
                                row.getString(6))));
        return figures;
    }

    /** Signups and converted users by value and period. */
    Map<String, String> trend(Question question, String side, List<String> shown) throws SQLException {
        Map<String, String> trend = new TreeMap<>();
        each(
                "SELECT " + BUCKET + ", period, count(*), count(*) FILTER (WHERE conversions > 0) FROM ("
                        + question.users(side) + ") AS u GROUP BY 1, 2",
                shown,
                row -> trend.put(
                        row.getString(1) + " "
                                + (question.interval().equals("none") ? question.from() : row.getString(2)),
                        row.getLong(3) + " " + row.getLong(4)));
        return trend;
    }

    static String money(String currency, BigDecimal value) {
        return currency + value.stripTrailingZeros().toPlainString();
    }

    static String text(
            long signups, long converted, long conversions, String revenue, String toSignup, String toConversion) {
        return signups + " signups, " + converted + " converted, " + conversions + " conversions, " + revenue + ", "
                + toSignup + " s, " + toConversion + " s";
    }

    private interface Reading {
        void of(ResultSet row) throws SQLException;
    }

    private void each(String sql, List<String> shown, Reading reading) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            if (sql.contains("ANY (?)")) {
                statement.setArray(1, database.createArrayOf("text", shown.toArray()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reading.of(rows);
                }
            }
        }
    }
}
