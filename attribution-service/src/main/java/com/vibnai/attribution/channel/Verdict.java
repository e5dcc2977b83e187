package com.vibnai.attribution.channel;

/**
 * What a touch was found to be.
 *
 * @param channel for example {@code Paid Search}
 * @param rule that decided it
 * @param ruleset version of all rules and lists together
 */
public record Verdict(String channel, String rule, String ruleset) {}
