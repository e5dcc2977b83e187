package com.vibnai.attribution.acquisition;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a user's conversions of one name and currency come to.
 *
 * @param name of the conversions
 * @param currency null for those without a value
 * @param count how many
 * @param timeClass time from the signup to the first of them
 * @param value their sum in ten-thousandths
 */
record Earned(String name, @Nullable String currency, int count, int timeClass, BigInteger value) {}
