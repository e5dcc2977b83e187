package com.vibnai.umami.session;

import com.vibnai.umami.identity.Identity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** A user's sessions. */
@ApplicationScoped
public class SessionService {

    private final SessionRepository sessions;

    SessionService(SessionRepository sessions) {
        this.sessions = sessions;
    }

    Uni<SessionsResponse> of(String userId, Identity identity) {
        return sessions.latest(identity.segments()).map(found -> {
            boolean more = found.size() > SessionRepository.MOST;
            return new SessionsResponse(
                    userId, more ? found.subList(0, SessionRepository.MOST) : found, more, identity.toResponse());
        });
    }
}
