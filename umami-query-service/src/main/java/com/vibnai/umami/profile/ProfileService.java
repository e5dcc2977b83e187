package com.vibnai.umami.profile;

import com.vibnai.umami.funnel.FunnelService;
import com.vibnai.umami.identity.Identity;
import com.vibnai.umami.trail.TrailService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts funnel and trail together; both are read at the same time. */
@ApplicationScoped
class ProfileService {

    private final FunnelService funnels;
    private final TrailService trails;

    ProfileService(FunnelService funnels, TrailService trails) {
        this.funnels = funnels;
        this.trails = trails;
    }

    Uni<ProfileResponse> of(String userId, Identity identity) {
        return Uni.combine()
                .all()
                .unis(funnels.of(userId, identity), trails.latest(userId, identity))
                .with((funnel, trail) -> new ProfileResponse(userId, funnel, trail));
    }
}
