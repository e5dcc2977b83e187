package com.vibnai.umami.identity;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the user's sessions were found.
 *
 * @param shared whether any of them has other users too
 * @param sources which ways were tried
 */
@Schema(name = "Identity")
public record IdentityResponse(boolean shared, List<Source> sources) {

    /**
     * One way to find sessions.
     *
     * @param name links: the identity links of attribution-service
     * @param status ran
     * @param sessions how many it found
     */
    @Schema(name = "IdentitySource")
    public record Source(
            @Schema(examples = "links") String name,
            @Schema(examples = "ran") String status,
            int sessions) {}
}
