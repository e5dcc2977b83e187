package com.vibnai.umami.session;

import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.source.EventSource;
import com.vibnai.umami.source.SessionPosition;
import com.vibnai.umami.source.SessionTotals;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's sessions. */
@ApplicationScoped
public class SessionService {

    /** Sessions of a page when no number is asked for. */
    static final int DEFAULT_LIMIT = 50;

    /** Sessions of a page at most. */
    static final int MAX_LIMIT = 500;

    private final EventSource source;

    SessionService(EventSource source) {
        this.source = source;
    }

    Uni<SessionsResponse> page(String userId, Identity identity, int limit, @Nullable SessionPosition before) {
        if (identity.segments().isEmpty()) {
            return Uni.createFrom().item(new SessionsResponse(userId, List.of(), null, false, identity.how()));
        }
        return source.sessions(identity.segments(), before, limit + 1)
                .map(found -> response(userId, identity, limit, found));
    }

    private static SessionsResponse response(String userId, Identity identity, int limit, List<SessionTotals> found) {
        boolean more = found.size() > limit;
        List<SessionTotals> shown = more ? found.subList(0, limit) : found;
        return new SessionsResponse(
                userId,
                shown.stream().map(SessionResponse::of).toList(),
                more ? SessionCursor.of(shown.get(limit - 1).position()) : null,
                shown.stream().anyMatch(SessionTotals::truncated),
                identity.how());
    }
}
