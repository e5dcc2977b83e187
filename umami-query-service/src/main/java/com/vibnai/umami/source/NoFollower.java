package com.vibnai.umami.source;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Where there is no follower. */
@DefaultBean
@ApplicationScoped
class NoFollower implements FollowerStatus {

    @Override
    public State now() {
        return State.OFF;
    }
}
