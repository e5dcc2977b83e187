package com.vibnai.attribution.privacy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All that is held of a user.
 *
 * @param userId whose
 * @param data the rows of each table, as they are stored
 */
@Schema(name = "UserData")
public record UserDataResponse(
        @Schema(examples = "user-42") String userId,

        @Schema(
                type = SchemaType.OBJECT,
                examples =
                        "{\"attributions\": [{\"user_id\": \"user-42\"}], \"conversions\": [], \"identity_links\": []}",
                description = "The rows of each table, links that were taken back and the replaced touch included")
        @JsonRawValue
        String data) {}
