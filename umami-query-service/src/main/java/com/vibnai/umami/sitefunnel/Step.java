package com.vibnai.umami.sitefunnel;

import com.vibnai.umami.platform.problem.ApiException;
import com.vibnai.umami.source.Action;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A step of a funnel.
 *
 * @param text as it was asked for
 * @param value path, name of an event or of a conversion; empty where the kind says it all
 */
record Step(Kind kind, String value, String text) {

    private static final int LEAST = 2;
    private static final int MOST = 8;
    private static final int LONGEST_PATH = 500;
    private static final int LONGEST_EVENT = 50;
    private static final int LONGEST_CONVERSION = 100;
    private static final int WILDCARDS = 5;
    private static final String FIELD = "step";

    /** What it is reached by. */
    enum Kind {
        VISIT,
        PATH,
        EVENT,
        SIGNUP,
        CONVERSION
    }

    /** The steps, in order; 400 if they are no funnel. */
    static List<Step> parse(List<String> texts) {
        if (texts.size() < LEAST || texts.size() > MOST) {
            throw wrong("is needed " + LEAST + " to " + MOST + " times");
        }
        if (new HashSet<>(texts).size() < texts.size()) {
            throw wrong("has to be another one each time");
        }
        List<Step> steps = texts.stream().map(Step::parse).toList();
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).kind == Kind.VISIT) {
                throw wrong("visit can only be the first");
            }
            if (steps.get(i).isInUmami() && !steps.get(i - 1).isInUmami()) {
                throw wrong("after a signup or a conversion only further ones can follow");
            }
        }
        return steps;
    }

    /** Whether Umami knows of it, and not attribution-service. */
    boolean isInUmami() {
        return action().isPresent();
    }

    /** What to look for in Umami. */
    Optional<Action> action() {
        return switch (kind) {
            case VISIT -> Optional.of(new Action(Action.Kind.VISIT, value));
            case PATH -> Optional.of(new Action(Action.Kind.PATH, value));
            case EVENT -> Optional.of(new Action(Action.Kind.EVENT, value));
            case SIGNUP, CONVERSION -> Optional.empty();
        };
    }

    private static Step parse(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw wrong("has a character that no step has");
        }
        return switch (text) {
            case "visit" -> new Step(Kind.VISIT, "", text);
            case "signup" -> new Step(Kind.SIGNUP, "", text);
            default -> named(text);
        };
    }

    private static Step named(String text) {
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(colon, 0))) {
            case "path" -> path(value, text);
            case "event" -> new Step(Kind.EVENT, fit(value, LONGEST_EVENT), text);
            case "conversion" -> new Step(Kind.CONVERSION, fit(value, LONGEST_CONVERSION), text);
            default -> throw wrong("has to be visit, path:/…, event:NAME, signup, conversion:NAME or conversion:*");
        };
    }

    private static Step path(String value, String text) {
        boolean fromTheRoot = value.startsWith("/") || value.startsWith("*");
        if (!fromTheRoot || value.chars().filter(c -> c == '*').count() > WILDCARDS) {
            throw wrong("a path begins with / or *, and has at most " + WILDCARDS + " of the latter");
        }
        return new Step(Kind.PATH, fit(value, LONGEST_PATH), text);
    }

    private static String fit(String value, int longest) {
        if (value.isEmpty() || value.length() > longest) {
            throw wrong("what follows the colon has 1 to " + longest + " characters");
        }
        return value;
    }

    private static ApiException wrong(String message) {
        return ApiException.invalid(FIELD, message);
    }
}
