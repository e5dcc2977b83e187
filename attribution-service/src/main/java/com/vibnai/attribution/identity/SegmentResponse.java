package com.vibnai.attribution.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a Umami session that is this user's.
 *
 * @param linkId the link that makes it so
 * @param websiteId Umami's website
 * @param sessionId Umami's session
 * @param kind of the link
 * @param from first instant; null is open
 * @param until first instant that is no longer in it; null is open
 * @param shared whether other users have links to this session too
 * @param source who told of the link
 */
@Schema(name = "Segment")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SegmentResponse(
        UUID linkId,
        UUID websiteId,
        UUID sessionId,
        LinkKind kind,
        @Schema(nullable = true) @Nullable Instant from,
        @Schema(nullable = true) @Nullable Instant until,
        boolean shared,

        @Schema(
                description = "Who told of the link",
                enumeration = {"browser", "server", "umami"})
        String source) {

    static SegmentResponse of(Ownership.Segment segment, boolean shared, String source) {
        Link link = segment.link();
        return new SegmentResponse(
                link.id(),
                link.session().websiteId(),
                link.session().sessionId(),
                link.kind(),
                segment.from(),
                segment.until(),
                shared,
                source);
    }
}
