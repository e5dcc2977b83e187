package com.vibnai.attribution.firsttouch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vibnai.attribution.platform.problem.FieldError;
import com.vibnai.attribution.touch.Adjustment;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one item of a batch. */
@Schema(name = "BatchItem")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record BatchItem(
        @Schema(description = "Place in the batch, from 0", examples = "0")
        int index,

        @Schema(description = "What the item alone would have been answered", examples = "201")
        int status,

        @Schema(examples = "user-42") @Nullable String userId,
        @Nullable Outcome outcome,
        @Schema(examples = "Paid Search") @Nullable String channel,

        @Schema(description = "What is kept otherwise than sent")
        List<Adjustment> adjustments,

        @Schema(description = "Why it was rejected") @Nullable
        String detail,

        @Schema(description = "The fields at fault") List<FieldError> errors) {

    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int REJECTED = 400;
    private static final int GONE = 410;

    static BatchItem stored(int index, SignupResponse answer) {
        AttributionResponse record = answer.attribution();
        return new BatchItem(
                index,
                answer.created() ? CREATED : OK,
                record.userId(),
                answer.outcome(),
                record.channel(),
                answer.adjustments(),
                null,
                List.of());
    }

    static BatchItem rejected(int index, @Nullable String userId, @Nullable String detail, List<FieldError> errors) {
        return new BatchItem(index, REJECTED, userId, null, null, List.of(), detail, errors);
    }

    static BatchItem erased(int index, @Nullable String userId) {
        return new BatchItem(
                index,
                GONE,
                userId,
                null,
                null,
                List.of(),
                "This user has been erased; do not send it again.",
                List.of());
    }

    boolean isRejected() {
        return status >= REJECTED;
    }
}
