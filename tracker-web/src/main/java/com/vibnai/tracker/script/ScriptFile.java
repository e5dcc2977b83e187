package com.vibnai.tracker.script;

import jakarta.ws.rs.core.EntityTag;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One file of the SDK.
 *
 * @param mediaType of its content
 * @param tag changes with the content
 * @param forms the content by content encoding; {@code identity} is always there
 */
record ScriptFile(String mediaType, EntityTag tag, Map<String, byte[]> forms) {

    /** The smallest form that {@code acceptEncoding} allows. */
    String encoding(String acceptEncoding) {
        return Stream.of("br", "gzip")
                .filter(forms::containsKey)
                .filter(encoding -> accepts(acceptEncoding, encoding))
                .findFirst()
                .orElse("identity");
    }

    private static boolean accepts(String header, String encoding) {
        for (String part : header.split(",", -1)) {
            String[] words = part.strip().split("\\s*;\\s*", -1);
            if (words[0].equalsIgnoreCase(encoding)) {
                return words.length == 1 || !words[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
