package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.ErasedUser;
import com.vibnai.attribution.platform.Permits;
import com.vibnai.attribution.platform.json.BatchEntry;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.ProblemMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Stores many signups of users who were there before. They go past the queue, in statements of their own, so that an import
 * never stands in the way of people who sign up meanwhile.
 */
@Singleton
class ImportService {

    private static final int CHUNK = 500;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final SignupReader reader;
    private final SignupBatch batches;
    private final Permits permits;
    private final InstantSource clock = InstantSource.system();

    ImportService(SignupReader reader, SignupBatch batches, BulkConfig config) {
        this.reader = reader;
        this.batches = batches;
        this.permits = new Permits(config.imports(), "Too many batches are being written; try again.");
    }

    /** What became of each item; fails as a whole only when the database is gone, and can then be sent again. */
    Uni<BatchResponse> store(List<BatchEntry<SignupRequest>> items, Sender sender) {
        permits.take();
        BatchItem[] results = new BatchItem[items.size()];
        List<Placed> valid = read(items, sender, results);
        return Multi.createFrom()
                .iterable(chunks(valid))
                .onItem()
                .transformToUniAndConcatenate(chunk -> store(chunk, results))
                .collect()
                .last()
                .map(last -> BatchResponse.of(List.of(results)))
                .onTermination()
                .invoke(permits::giveBack);
    }

    private List<Placed> read(List<BatchEntry<SignupRequest>> items, Sender sender, BatchItem[] results) {
        Instant now = clock.instant();
        List<Placed> valid = new ArrayList<>();
        for (BatchEntry<SignupRequest> item : items) {
            SignupRequest request = item.value();
            if (request == null) {
                results[item.index()] = BatchItem.rejected(item.index(), null, null, item.errors());
            } else {
                valid.add(new Placed(item.index(), reader.read(request, sender, null, now)));
            }
        }
        return valid;
    }

    private Uni<Integer> store(List<Placed> chunk, BatchItem[] results) {
        return batches.write(chunk.stream().map(Placed::signup).toList()).map(stored -> {
            for (int i = 0; i < stored.size(); i++) {
                results[chunk.get(i).index()] = result(chunk.get(i), stored.get(i));
            }
            return stored.size();
        });
    }

    private static BatchItem result(Placed placed, SignupBatch.Result result) {
        Throwable failure = result.failure();
        if (failure == null) {
            return BatchItem.stored(placed.index(), Objects.requireNonNull(result.answer()));
        }
        if (ProblemMapper.isDatabaseDown(failure)) {
            throw ApiException.unavailable("The database does not answer; send the whole batch again.", RETRY);
        }
        if (ErasedUser.isRefused(failure)) {
            return BatchItem.erased(placed.index(), placed.signup().userId());
        }
        return BatchItem.rejected(
                placed.index(),
                placed.signup().userId(),
                "The item holds a value that the database cannot store.",
                List.of());
    }

    private static List<List<Placed>> chunks(List<Placed> all) {
        List<List<Placed>> chunks = new ArrayList<>();
        for (int start = 0; start < all.size(); start += CHUNK) {
            chunks.add(all.subList(start, Math.min(all.size(), start + CHUNK)));
        }
        return chunks;
    }

    private record Placed(int index, Signup signup) {}
}
