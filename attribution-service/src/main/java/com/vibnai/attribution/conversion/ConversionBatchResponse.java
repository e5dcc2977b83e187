package com.vibnai.attribution.conversion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.platform.problem.FieldError;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a batch: one item for each entry, in order.
 *
 * @param items what became of each
 */
@Schema(name = "ConversionBatchResult")
public record ConversionBatchResponse(List<Item> items) {

    /**
     * What became of one entry.
     *
     * @param index position in the batch, from 0
     * @param status as the single call would have answered: 201, 200, 400, 409 or 410
     * @param conversionId of the stored conversion, with 201 and 200
     * @param errors what is wrong, with 400
     */
    @Schema(name = "ConversionBatchItem")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item(
            @JsonInclude int index, int status, @Nullable UUID conversionId, List<FieldError> errors) {}
}
