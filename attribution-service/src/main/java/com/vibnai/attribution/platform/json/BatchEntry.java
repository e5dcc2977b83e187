package com.vibnai.attribution.platform.json;

import com.vibnai.attribution.platform.problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a batch.
 *
 * @param index position in the batch, from 0
 * @param value what was sent, valid; null if it is not
 * @param errors what is wrong with it
 */
public record BatchEntry<T>(int index, @Nullable T value, List<FieldError> errors) {}
