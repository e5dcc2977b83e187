package com.vibnai.attribution.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.platform.problem.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The channels of many touches: one item for each, in order.
 *
 * @param items what each was found to be
 */
@Schema(name = "ClassificationBatch")
record ChannelBatchResponse(List<Item> items) {

    /**
     * One touch.
     *
     * @param index position in the batch, from 0
     * @param status 200, or 400
     * @param channel with 200
     * @param errors what is wrong, with 400
     */
    @Schema(name = "ClassificationBatchItem")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Item(
            @JsonInclude int index,
            int status,
            @Schema(examples = "Paid Search") @Nullable String channel,
            List<FieldError> errors) {}
}
