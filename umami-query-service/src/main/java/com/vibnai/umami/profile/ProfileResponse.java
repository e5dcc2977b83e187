package com.vibnai.umami.profile;

import com.vibnai.umami.funnel.FunnelResponse;
import com.vibnai.umami.trail.TrailResponse;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The original admin view of a user.
 *
 * @param firstTouchWebFunnel totals and milestones
 * @param liveClickTrail the latest events, newest first
 */
@Schema(name = "Profile")
public record ProfileResponse(String userId, FunnelResponse firstTouchWebFunnel, TrailResponse liveClickTrail) {}
