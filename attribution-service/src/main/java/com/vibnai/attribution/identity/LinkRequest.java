package com.vibnai.attribution.identity;

import com.vibnai.attribution.identity.LinkWriter.NewLink;
import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.security.Trust;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/identity-links}.
 *
 * @param userId whose
 * @param websiteId Umami's website
 * @param sessionId Umami's session
 * @param visitId Umami's visit, if known
 * @param kind what the link claims
 * @param from when this visitor was first seen; open when absent
 * @param occurredAt when the login was; default and at most now
 * @param sentAt the sender's clock when sending; corrects the other times by the difference
 * @param source who tells, from a server
 * @param signature proof of user_id, from a page
 * @param token the same as a JSON Web Token of your application's, whose sub is user_id
 */
@Schema(name = "IdentityLink")
public record LinkRequest(
        @Schema(examples = "user-42") @NotBlank @Size(max = 255) @StorableText @Nullable
        String userId,

        @Schema(examples = "b8d100bf-5f36-4246-bd7f-b93fc522aeae") @NotNull @Nullable
        UUID websiteId,

        @Schema(examples = "4d801085-375f-52d9-8443-058ca5b7d8a2") @NotNull @Nullable
        UUID sessionId,

        @Nullable UUID visitId,
        @NotNull @Nullable LinkKind kind,
        @Schema(examples = "2026-11-24T09:30:00Z") @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime occurredAt,
        @Nullable OffsetDateTime sentAt,

        @Schema(description = "Who tells: server, or umami for what was found there. Not from a page") @Nullable
        LinkSource source,

        @Size(max = 64) @Nullable String signature,
        @Size(max = 8192) @Nullable String token) {

    /** The link, with its times on the server's clock and never in the future. */
    Link toLink(Instant now) {
        Duration difference = sentAt == null ? Duration.ZERO : Duration.between(sentAt.toInstant(), now);
        return new Link(
                UUID.randomUUID(),
                Objects.requireNonNull(userId),
                new SessionKey(Objects.requireNonNull(websiteId), Objects.requireNonNull(sessionId)),
                visitId,
                Objects.requireNonNull(kind),
                from == null ? null : earlier(from.toInstant().plus(difference), now),
                occurredAt == null ? now : earlier(occurredAt.toInstant().plus(difference), now));
    }

    /** The link as it is to be added. A page cannot say that it is a server. */
    NewLink toNewLink(Instant now, Trust trust) {
        LinkSource told = source == null || source == LinkSource.BROWSER ? LinkSource.SERVER : source;
        return new NewLink(toLink(now), trust, (trust == Trust.SERVER ? told : LinkSource.BROWSER).label());
    }

    private static Instant earlier(Instant given, Instant now) {
        return given.isAfter(now) ? now : given;
    }
}
