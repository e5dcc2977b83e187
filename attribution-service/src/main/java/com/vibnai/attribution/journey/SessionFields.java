package com.vibnai.attribution.journey;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A Umami session that somebody was in. */
@Schema(name = "AskedSession")
record SessionFields(
        @Schema(examples = "b8d100bf-5f36-4246-bd7f-b93fc522aeae") @NotNull @Nullable
        UUID websiteId,

        @Schema(examples = "4d801085-375f-52d9-8443-058ca5b7d8a2") @NotNull @Nullable
        UUID sessionId) {}
