package com.vibnai.attribution.identity;

import com.vibnai.attribution.platform.security.Trust;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** Adds links. A link that is there already is not added again, so a call can be repeated. */
@ApplicationScoped
public class LinkWriter {

    private static final String WRITE = """
            INSERT INTO identity_links (
                link_id, user_id, website_id, session_id, visit_id, kind, claimed_from, occurred_at, trust, source)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT DO NOTHING
            """;

    /** A link and where it comes from. */
    public record NewLink(Link link, Trust trust, String source) {}

    /** Writes through {@code client}, which may be a transaction; answers whether the link is new. */
    public Uni<Boolean> write(SqlClient client, Link link, Trust trust, String source) {
        return client.preparedQuery(WRITE)
                .execute(parameters(new NewLink(link, trust, source)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Writes many, in their order. */
    public Uni<Void> writeAll(SqlClient client, List<NewLink> links) {
        return client.preparedQuery(WRITE)
                .executeBatch(links.stream().map(LinkWriter::parameters).toList())
                .replaceWithVoid();
    }

    private static Tuple parameters(NewLink given) {
        Link link = given.link();
        return Tuple.from(Arrays.asList(
                link.id(),
                link.userId(),
                link.session().websiteId(),
                link.session().sessionId(),
                link.visitId(),
                link.kind().label(),
                link.from() == null ? null : link.from().atOffset(ZoneOffset.UTC),
                link.occurredAt().atOffset(ZoneOffset.UTC),
                given.trust().label(),
                given.source()));
    }
}
