package com.vibnai.attribution.firsttouch;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a batch. */
@Schema(name = "BatchResult")
record BatchResponse(
        @Schema(examples = "4990") long created,
        @Schema(examples = "0") long upgraded,
        @Schema(examples = "7") long kept,
        @Schema(examples = "3") long rejected,
        @Schema(description = "One for each item, in order") List<BatchItem> items) {

    static BatchResponse of(List<BatchItem> items) {
        return new BatchResponse(
                count(items, Outcome.CREATED),
                count(items, Outcome.UPGRADED),
                count(items, Outcome.KEPT),
                items.stream().filter(BatchItem::isRejected).count(),
                items);
    }

    private static long count(List<BatchItem> items, Outcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }
}
