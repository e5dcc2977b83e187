package com.vibnai.attribution.identity;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The Umami session that a signup came from. */
@Schema(name = "UmamiSession")
public final class UmamiSessionFields {

    @Schema(examples = "b8d100bf-5f36-4246-bd7f-b93fc522aeae")
    public @Nullable @NotNull UUID websiteId;

    @Schema(examples = "4d801085-375f-52d9-8443-058ca5b7d8a2")
    public @Nullable @NotNull UUID sessionId;

    public @Nullable UUID visitId;

    @Schema(description = "What the link claims", defaultValue = "before_login")
    public LinkKind kind = LinkKind.BEFORE_LOGIN;
}
