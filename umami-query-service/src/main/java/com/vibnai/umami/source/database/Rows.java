package com.vibnai.umami.source.database;

import com.vibnai.umami.source.Campaigns;
import com.vibnai.umami.source.Device;
import com.vibnai.umami.source.Entry;
import com.vibnai.umami.source.Event;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** From rows to records. */
final class Rows {

    private static final int PAGE_VIEW = 1;

    private Rows() {}

    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> from) {
        return StreamSupport.stream(rows.spliterator(), false).map(from).toList();
    }

    static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    static Event event(Row row) {
        return new Event(
                row.getUUID("website_id"),
                row.getUUID("event_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("event_type") == PAGE_VIEW,
                row.getString("url_path"),
                row.getString("url_query"),
                row.getString("page_title"),
                row.getString("hostname"),
                row.getString("event_name"),
                row.getString("referrer_domain"),
                row.getUUID("session_id"),
                row.getUUID("visit_id"),
                device(row),
                null,
                row.getBoolean("shared"));
    }

    static Device device(Row row) {
        return new Device(
                row.getString("device"),
                row.getString("browser"),
                row.getString("os"),
                row.getString("screen"),
                row.getString("language"),
                row.getString("country"),
                row.getString("region"),
                row.getString("city"));
    }

    static Entry entry(Row row) {
        String query = row.getString("url_query");
        return new Entry(
                row.getUUID("website_id"),
                row.getUUID("session_id"),
                row.getUUID("event_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("url_path"),
                query,
                row.getString("page_title"),
                row.getString("hostname"),
                row.getString("referrer_domain"),
                referrerUrl(row),
                Campaigns.read(Campaigns.UTM, name -> text(row, name), query),
                Campaigns.read(Campaigns.CLICK_IDS, name -> text(row, name), query));
    }

    /** Umami keeps host, path and query of a referrer, never the scheme; nearly everything is https by now. */
    private static @Nullable String referrerUrl(Row row) {
        String domain = text(row, "referrer_domain");
        if (domain == null || domain.isEmpty()) {
            return null;
        }
        String path = text(row, "referrer_path");
        String query = text(row, "referrer_query");
        return "https://" + domain + (path == null ? "/" : path)
                + (query == null || query.isEmpty() ? "" : "?" + query);
    }

    /** Null too where the statement does not ask for the column. */
    private static @Nullable String text(Row row, String column) {
        return row.getColumnIndex(column) < 0 ? null : row.getString(column);
    }
}
