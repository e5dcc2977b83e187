package com.vibnai.umami.follower;

import com.vibnai.umami.source.FollowerStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The follower's state for {@code GET /v1/source}, as this replica knows it. */
@ApplicationScoped
class CurrentFollowerStatus implements FollowerStatus {

    private final Follower follower;

    CurrentFollowerStatus(Follower follower) {
        this.follower = follower;
    }

    @Override
    public State now() {
        return follower.state().map(CurrentFollowerStatus::state).orElse(State.OFF);
    }

    private static State state(LeasedLoop.State loop) {
        return new State(
                loop.status().name().toLowerCase(Locale.ROOT),
                Follower.followedUntil(loop).orElse(null),
                detail(loop));
    }

    private static @Nullable String detail(LeasedLoop.State loop) {
        boolean behind = loop.position().values().stream()
                .anyMatch(place -> !Place.parse(place).caughtUp());
        return switch (loop.status()) {
            case STANDBY -> "Another replica follows, or none has begun.";
            case FAILING -> loop.detail();
            case ACTIVE -> behind ? "It still reads what was there before." : null;
        };
    }
}
