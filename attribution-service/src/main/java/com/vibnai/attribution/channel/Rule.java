package com.vibnai.attribution.channel;

/**
 * Touches for which the condition holds came through the channel.
 *
 * @param name unique among the rules, 80 characters at most
 * @param channel 40 characters at most
 */
record Rule(String name, String channel, Condition when) {}
