package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.databind.JsonNode;
import com.vibnai.attribution.identity.UmamiSessionFields;
import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.touch.TouchFields;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /v1/attributions}: who signed up, the first touch in flat fields, and what else is known. */
@Schema(name = "Signup")
public final class SignupRequest extends TouchFields {

    @Schema(description = "Your id of the user, 1 to 255 characters", examples = "user-42", required = true)
    public @Nullable @NotBlank @Size(max = 255) @StorableText String userId;

    @Schema(description = "The last touch before the signup")
    public @Nullable @Valid TouchFields lastTouch;

    @Schema(description = "The Umami session the signup happened in; becomes an identity link with the record")
    public @Nullable @Valid UmamiSessionFields umami;

    @Schema(
            description =
                    "The value of the tracker's cookie vibn_attribution, as it arrived: for a server that only sees the"
                            + " request, after an OAuth redirect for one. Used when the flat fields say nothing; what is no such"
                            + " cookie is ignored",
            implementation = String.class)
    public @Nullable JsonNode attributionCookie;

    @Schema(description = "The sender's clock when sending; corrects the other times by the difference")
    public @Nullable OffsetDateTime sentAt;

    @Schema(description = "When the user signed up, for imports; server keys only; default now")
    public @Nullable OffsetDateTime signedUpAt;

    @Schema(
            description = "umami, where the touch was read off Umami afterwards; server keys only, others are ignored",
            examples = "umami")
    public @Nullable @Size(max = 10) String source;

    @Schema(description = "Proof of user_id from a page: hex(HMAC-SHA256(signing secret, user_id))")
    public @Nullable @Size(max = 64) String signature;

    @Schema(description = "The same as a JSON Web Token of your application's, whose sub is user_id")
    public @Nullable @Size(max = 8192) String token;
}
