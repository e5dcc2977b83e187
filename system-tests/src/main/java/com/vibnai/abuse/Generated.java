package com.vibnai.abuse;

/**
 * A generated request.
 *
 * @param allowed whether its key may do this; if not, a success is a finding
 * @param number with the seed, it makes the same request again
 */
record Generated(Call call, Request request, boolean allowed, long number) {}
