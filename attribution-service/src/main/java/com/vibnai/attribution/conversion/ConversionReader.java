package com.vibnai.attribution.conversion;

import com.vibnai.attribution.platform.json.StorableText;
import com.vibnai.attribution.platform.problem.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What no annotation can say of a conversion: whether its money, its time and its properties hold together. */
final class ConversionReader {

    private static final Instant EARLIEST = Instant.EPOCH;
    /** Clocks of two servers differ, but not by more. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int PROPERTY_LENGTH = 255;

    private final Set<String> declared;

    ConversionReader(Set<String> declared) {
        this.declared = declared;
    }

    /** What is wrong with the request; nothing, and it can be {@link #read}. */
    List<FieldError> check(ConversionRequest request, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        checkTime(Objects.requireNonNull(request.occurredAt()).toInstant(), now, errors);
        checkMoney(request, errors);
        kept(request).forEach((name, value) -> {
            if (!isFit(value)) {
                errors.add(
                        new FieldError(
                                "properties." + name,
                                "has to be text of at most 255 characters, a number of at most 15 and 4 digits, true or false"));
            }
        });
        return errors;
    }

    Conversion read(ConversionRequest request) {
        return new Conversion(
                UUID.randomUUID(),
                Objects.requireNonNull(request.idempotencyKey()),
                Objects.requireNonNull(request.userId()),
                Objects.requireNonNull(request.name()),
                Objects.requireNonNull(request.occurredAt()).toInstant().truncatedTo(ChronoUnit.MICROS),
                money(request),
                kept(request));
    }

    private static void checkTime(Instant at, Instant now, List<FieldError> errors) {
        if (at.isBefore(EARLIEST) || at.isAfter(now.plus(AHEAD))) {
            errors.add(new FieldError("occurred_at", "has to be between 1970 and now"));
        }
    }

    private static void checkMoney(ConversionRequest request, List<FieldError> errors) {
        if (request.value() != null && !Money.isExact(request.value())) {
            errors.add(new FieldError("value", "has at most 15 digits before the point and 4 behind it"));
        }
        if (request.value() != null && request.currency() == null) {
            errors.add(new FieldError("currency", "is needed with a value"));
        }
        if (request.currency() != null && request.value() == null) {
            errors.add(new FieldError("value", "is needed with a currency"));
        }
        if (request.currency() != null && Money.currency(request.currency()).isEmpty()) {
            errors.add(new FieldError("currency", "has to be a code of ISO 4217, like EUR"));
        }
    }

    private static @Nullable Money money(ConversionRequest request) {
        if (request.value() == null || request.currency() == null) {
            return null;
        }
        Currency currency = Money.currency(request.currency()).orElseThrow();
        return new Money(request.value(), currency);
    }

    /** The declared properties that have a value. */
    private Map<String, Object> kept(ConversionRequest request) {
        Map<String, Object> kept = new TreeMap<>();
        if (request.properties() != null) {
            request.properties().forEach((name, value) -> {
                if (value != null && declared.contains(name)) {
                    kept.put(name, value);
                }
            });
        }
        return kept;
    }

    private static boolean isFit(Object value) {
        return value instanceof String text
                ? text.length() <= PROPERTY_LENGTH && StorableText.Check.isStorable(text)
                : value != PropertyReader.Unfit.UNFIT;
    }
}
