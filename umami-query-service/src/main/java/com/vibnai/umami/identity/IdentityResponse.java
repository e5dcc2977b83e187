package com.vibnai.umami.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the user's sessions were found.
 *
 * @param shared whether any of them has other users too
 * @param degraded whether attribution-service could not be asked, so that sessions may be missing and the signup unknown
 * @param degradedReason why, as a sentence
 * @param truncated whether the user has more sessions than one answer looks at
 * @param sources the ways to find sessions, in order, and what became of each
 */
@Schema(name = "Identity")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record IdentityResponse(
        boolean shared,
        boolean degraded,

        @Schema(nullable = true, examples = "attribution-service does not answer.") @Nullable
        String degradedReason,

        boolean truncated,
        List<Source> sources) {

    /**
     * One way to find sessions.
     *
     * @param name links: the identity links of attribution-service; the others are what Umami itself knows
     * @param status what became of it
     * @param reason why it was skipped or failed, as a sentence
     * @param sessions how many it found
     * @param millis how long it took
     */
    @Schema(name = "IdentitySource")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Source(
            @Schema(enumeration = {"links", "session_link", "distinct_id", "session_data"})
            String name,

            @Schema(enumeration = {"ran", "skipped", "failed"})
            String status,

            @Schema(nullable = true) @Nullable String reason,
            int sessions,
            long millis) {

        static Source ran(String name, int sessions, long millis) {
            return new Source(name, "ran", null, sessions, millis);
        }

        static Source skipped(String name, String reason) {
            return new Source(name, "skipped", reason, 0, 0);
        }

        static Source failed(String name, String reason, long millis) {
            return new Source(name, "failed", reason, 0, millis);
        }
    }
}
