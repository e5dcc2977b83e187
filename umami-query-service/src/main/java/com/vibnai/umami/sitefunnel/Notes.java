package com.vibnai.umami.sitefunnel;

import java.util.ArrayList;
import java.util.List;

/** What an answer has to say about itself. */
final class Notes {

    private final List<String> sentences = new ArrayList<>();
    private boolean truncated;
    private boolean degraded;

    /** Something was left out that changes no figure. */
    void say(String sentence) {
        sentences.add(sentence);
    }

    /** There was more than one answer looks at. */
    void cut(String sentence) {
        truncated = true;
        sentences.add(sentence);
    }

    /** attribution-service does not answer. */
    void degrade(String sentence) {
        degraded = true;
        sentences.add(sentence);
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }

    boolean isTruncated() {
        return truncated;
    }

    boolean isDegraded() {
        return degraded;
    }
}
