package com.vibnai.attribution.conversion;

import com.vibnai.attribution.platform.ErasedUser;
import com.vibnai.attribution.platform.json.BatchEntry;
import com.vibnai.attribution.platform.problem.ApiException;
import com.vibnai.attribution.platform.problem.FieldError;
import com.vibnai.attribution.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what was sent into what is stored. */
@ApplicationScoped
class ConversionService {

    private static final Written ERASED = new Written(Written.Outcome.ERASED, null);

    private final ConversionWriter writer;
    private final ConversionReader reader;
    private final InstantSource clock = InstantSource.system();

    ConversionService(ConversionWriter writer, ConversionConfig config) {
        this.writer = writer;
        this.reader = new ConversionReader(config.properties());
    }

    Uni<ConversionResult> add(ConversionRequest request) {
        List<FieldError> errors = reader.check(request, clock.instant());
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
        return writer.write(List.of(reader.read(request))).map(written -> result(written.get(0)));
    }

    private static ConversionResult result(Written written) {
        return switch (written.outcome()) {
            case CREATED, KNOWN ->
                new ConversionResult(
                        written.outcome() == Written.Outcome.CREATED, Objects.requireNonNull(written.stored()));
            case CONFLICT ->
                throw ApiException.of(
                        ProblemType.CONFLICT, "Another conversion has this idempotency_key; nothing was changed.");
            case ERASED -> throw ApiException.of(ProblemType.GONE, "This user has been erased; nothing was stored.");
        };
    }

    /** Stores what is right; says of each entry what became of it. */
    Uni<ConversionBatchResponse> add(List<BatchEntry<ConversionRequest>> entries) {
        Instant now = clock.instant();
        List<BatchEntry<ConversionRequest>> checked =
                entries.stream().map(entry -> checked(entry, now)).toList();
        List<Conversion> valid = new ArrayList<>();
        for (BatchEntry<ConversionRequest> entry : checked) {
            if (entry.value() != null) {
                valid.add(reader.read(entry.value()));
            }
        }
        return (valid.isEmpty()
                        ? Uni.createFrom().item(List.<Written>of())
                        : ErasedUser.writeOthers(valid, writer::write, ERASED))
                .map(written -> answer(checked, written.iterator()));
    }

    private BatchEntry<ConversionRequest> checked(BatchEntry<ConversionRequest> entry, Instant now) {
        if (entry.value() == null) {
            return entry;
        }
        List<FieldError> errors = reader.check(entry.value(), now);
        return errors.isEmpty() ? entry : new BatchEntry<>(entry.index(), null, errors);
    }

    private static ConversionBatchResponse answer(
            List<BatchEntry<ConversionRequest>> entries, Iterator<Written> written) {
        return new ConversionBatchResponse(entries.stream()
                .map(entry -> entry.value() == null
                        ? new ConversionBatchResponse.Item(entry.index(), 400, null, entry.errors())
                        : item(entry.index(), written.next()))
                .toList());
    }

    private static ConversionBatchResponse.Item item(int index, Written written) {
        @Nullable ConversionResponse stored = written.outcome() == Written.Outcome.CONFLICT ? null : written.stored();
        return new ConversionBatchResponse.Item(
                index, written.outcome().status(), stored == null ? null : stored.conversionId(), List.of());
    }
}
