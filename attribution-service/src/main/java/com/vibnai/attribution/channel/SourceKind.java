package com.vibnai.attribution.channel;

import java.util.Locale;

/** What kind of place a source is. */
public enum SourceKind {
    SEARCH,
    SOCIAL,
    VIDEO,
    SHOPPING,
    EMAIL,
    /** An assistant that answers with links. */
    AI,
    /** A network that shows ads on the pages of others. */
    ADS,
    /** A network of affiliates; known by click ids only. */
    AFFILIATE,
    /** Known, and none of the others: what keeps docs.google.com from being a search engine. */
    OTHER;

    /** As written in rule files. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As named in explanations. */
    String words() {
        return switch (this) {
            case SEARCH -> "a search engine";
            case SOCIAL -> "a social network";
            case VIDEO -> "a video site";
            case SHOPPING -> "a shopping site";
            case EMAIL -> "a mail provider";
            case AI -> "an AI assistant";
            case ADS -> "an ad network";
            case AFFILIATE -> "an affiliate network";
            case OTHER -> "a known site of no special kind";
        };
    }
}
