package com.vibnai.attribution.identity;

import com.vibnai.attribution.platform.Page;
import com.vibnai.attribution.platform.security.Trust;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores links and works out what they mean for a user. */
@ApplicationScoped
class LinkService {

    private final Pool database;
    private final LinkWriter writer;
    private final LinkRepository links;
    private final IdentityConfig config;
    private final InstantSource clock = InstantSource.system();

    LinkService(Pool database, LinkWriter writer, LinkRepository links, IdentityConfig config) {
        this.database = database;
        this.writer = writer;
        this.links = links;
        this.config = config;
    }

    Uni<LinkResponse> add(LinkRequest request, Trust trust) {
        String source = trust == Trust.SERVER ? "server" : "browser";
        return writer.write(database, request.toLink(clock.instant()), trust, source)
                .map(LinkResponse::new);
    }

    /** The stretches that are the user's in a page of {@code limit} of their sessions. */
    Uni<Page<SegmentResponse>> segments(String userId, int limit, @Nullable SessionKey after) {
        return links.ofSessionsOf(userId, after, limit + 1).map(found -> page(userId, limit, found));
    }

    private Page<SegmentResponse> page(String userId, int limit, List<Link> found) {
        Map<SessionKey, List<Link>> bySession = new LinkedHashMap<>();
        found.forEach(link -> bySession
                .computeIfAbsent(link.session(), key -> new ArrayList<>())
                .add(link));
        Page<SessionKey> sessions = Page.of(List.copyOf(bySession.keySet()), limit, key -> key, SessionCursor::write);
        List<SegmentResponse> segments = sessions.items().stream()
                .flatMap(session -> segments(userId, bySession.getOrDefault(session, List.of())).stream())
                .toList();
        return new Page<>(segments, sessions.nextCursor());
    }

    private List<SegmentResponse> segments(String userId, List<Link> links) {
        Ownership ownership = new Ownership(links, config.grace());
        boolean shared = ownership.isShared();
        return ownership.segments().stream()
                .filter(segment -> segment.link().userId().equals(userId))
                .map(segment -> SegmentResponse.of(segment, shared))
                .toList();
    }
}
