package com.vibnai.testkit.generator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * How much data, and of which kind.
 *
 * @param website the website that the data belongs to; its row is made unless it is there
 * @param events how many events exactly, from 1
 * @param eventsPerSession mean of a long-tailed distribution, 1 to 1,000
 * @param identified share of the visitors that log in, 0 to 1
 * @param months how far back the data reaches from {@code until}, 1 to 120
 * @param until no event is later
 * @param seed the same seed makes the same rows
 */
public record GeneratorSettings(
        UUID website, long events, double eventsPerSession, double identified, int months, Instant until, long seed) {

    /** Checks every bound. */
    public GeneratorSettings {
        require(events >= 1, "events has to be 1 or more");
        require(eventsPerSession >= 1 && eventsPerSession <= 1000, "events per session has to be from 1 to 1000");
        require(identified >= 0 && identified <= 1, "the identified share has to be from 0 to 1");
        require(months >= 1 && months <= 120, "months has to be from 1 to 120");
    }

    /** Eight events a session, a quarter of the visitors logged in, six months. */
    public static GeneratorSettings of(long events, Instant until, long seed) {
        return new GeneratorSettings(websiteOf(seed), events, 8, 0.25, 6, until, seed);
    }

    /** The website that a seed stands for. */
    public static UUID websiteOf(long seed) {
        return UUID.nameUUIDFromBytes(("website " + seed).getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
