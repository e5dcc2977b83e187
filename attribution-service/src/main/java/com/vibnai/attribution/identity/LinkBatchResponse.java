package com.vibnai.attribution.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.platform.problem.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Answer to a batch: one item for each entry, in order.
 *
 * @param items what became of each
 */
@Schema(name = "IdentityLinkBatchResult")
public record LinkBatchResponse(List<Item> items) {

    /**
     * What became of one entry.
     *
     * @param index position in the batch, from 0
     * @param status as the single call would have answered: 201, 200, 400, 409 or 410
     * @param errors what is wrong, with 400
     */
    @Schema(name = "IdentityLinkBatchItem")
    public record Item(
            int index,
            int status,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {}
}
