package com.vibnai.attribution.identity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads links, and takes them back. */
@ApplicationScoped
class LinkRepository {

    /** A page of a user's sessions, and every link to them: other users' links decide what is left for this one. */
    private static final String LINKS_OF_SESSIONS_OF = """
            WITH sessions AS (
                SELECT DISTINCT website_id, session_id
                FROM identity_links
                WHERE user_id = $1 AND unlinked_at IS NULL AND (website_id, session_id) > ($2, $3)
                ORDER BY website_id, session_id
                LIMIT $4)
            SELECT link.link_id, link.user_id, link.website_id, link.session_id, link.visit_id, link.kind,
                   link.claimed_from, link.occurred_at, link.source
            FROM sessions
            JOIN identity_links AS link USING (website_id, session_id)
            WHERE link.unlinked_at IS NULL
            ORDER BY link.website_id, link.session_id
            """;

    private static final String UNLINK = """
            WITH unlinked AS (
                UPDATE identity_links SET unlinked_at = now(), unlinked_because = $2
                WHERE link_id = $1 AND unlinked_at IS NULL)
            SELECT EXISTS (SELECT FROM identity_links WHERE link_id = $1) AS known
            """;

    private static final UUID FIRST = new UUID(0, 0);

    private final Pool database;

    LinkRepository(Pool database) {
        this.database = database;
    }

    /** All links to the next {@code limit} sessions of the user, by session. */
    Uni<List<StoredLink>> ofSessionsOf(String userId, @Nullable SessionKey after, int limit) {
        return database.preparedQuery(LINKS_OF_SESSIONS_OF)
                .execute(Tuple.of(
                        userId,
                        after == null ? FIRST : after.websiteId(),
                        after == null ? FIRST : after.sessionId(),
                        limit))
                .map(LinkRepository::links);
    }

    /**
     * Takes a link back; it stays in the table.
     *
     * @return whether there is such a link
     */
    Uni<Boolean> unlink(UUID id, String reason) {
        return database.preparedQuery(UNLINK)
                .execute(Tuple.of(id, reason))
                .map(rows -> rows.iterator().next().getBoolean("known"));
    }

    private static List<StoredLink> links(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(LinkRepository::from)
                .toList();
    }

    private static StoredLink from(Row row) {
        OffsetDateTime from = row.getOffsetDateTime("claimed_from");
        Link link = new Link(
                row.getUUID("link_id"),
                row.getString("user_id"),
                new SessionKey(row.getUUID("website_id"), row.getUUID("session_id")),
                row.getUUID("visit_id"),
                LinkKind.of(row.getString("kind")),
                from == null ? null : from.toInstant(),
                row.getOffsetDateTime("occurred_at").toInstant());
        return new StoredLink(link, row.getString("source"));
    }

    /** A link and who told of it. */
    record StoredLink(Link link, String source) {}
}
