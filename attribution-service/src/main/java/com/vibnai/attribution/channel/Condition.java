package com.vibnai.attribution.channel;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a rule asks of a touch. */
sealed interface Condition {

    boolean holds(Evidence evidence);

    /** Why it holds or does not, in a few words. */
    String because(Evidence evidence);

    /** A text of a touch, by the name that rule files use. */
    enum Field {
        SOURCE,
        MEDIUM,
        CAMPAIGN,
        TERM,
        CONTENT,
        REFERRER_HOST,
        LANDING_PAGE;

        String of(Evidence evidence) {
            return switch (this) {
                case SOURCE -> evidence.source();
                case MEDIUM -> evidence.medium();
                case CAMPAIGN -> evidence.campaign();
                case TERM -> evidence.term();
                case CONTENT -> evidence.content();
                case REFERRER_HOST -> evidence.referrerHost();
                case LANDING_PAGE -> evidence.landingPage();
            };
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A text is one of these; a referrer's host may also be below one of them. */
    record OneOf(Field field, Set<String> values) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            String value = field.of(evidence);
            return values.contains(value)
                    || (field == Field.REFERRER_HOST && values.stream().anyMatch(host -> value.endsWith("." + host)));
        }

        @Override
        public String because(Evidence evidence) {
            return told(field, evidence) + (holds(evidence) ? " is listed" : " is not listed");
        }
    }

    /** A text as a whole matches this pattern, whatever the case. */
    record Like(Field field, Pattern pattern) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            return pattern.matcher(field.of(evidence)).matches();
        }

        @Override
        public String because(Evidence evidence) {
            return told(field, evidence) + (holds(evidence) ? " matches " : " does not match ") + pattern;
        }
    }

    /** The source is of one of these kinds. */
    record KindIn(Set<SourceKind> kinds) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            return evidence.kind() != null && kinds.contains(evidence.kind());
        }

        @Override
        public String because(Evidence evidence) {
            if (evidence.kind() == null) {
                return "the source is of no known kind";
            }
            return evidence.kindBecause() + " is " + evidence.kind().words()
                    + (holds(evidence)
                            ? ""
                            : ", not " + kinds.stream().map(SourceKind::words).collect(Collectors.joining(" or ")));
        }
    }

    /** One of these click ids is there. */
    record HasClickId(Set<String> names) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            return evidence.clickIds().stream().anyMatch(names::contains);
        }

        @Override
        public String because(Evidence evidence) {
            return (holds(evidence) ? "has click id " : "has no click id ") + String.join(" or ", names);
        }
    }

    /** A click id or the source says that the click was on an ad, or does not. */
    record PaidClick(boolean expected) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            return evidence.paid() == expected;
        }

        @Override
        public String because(Evidence evidence) {
            return evidence.paid()
                    ? evidence.paidBecause() + " says an ad was clicked"
                    : "no click id or source of ads";
        }
    }

    /** Nothing says where the visitor came from, or something does. */
    record Direct(boolean expected) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            return evidence.direct() == expected;
        }

        @Override
        public String because(Evidence evidence) {
            return evidence.direct()
                    ? "nothing says where the visitor came from"
                    : "something says where the visitor came from";
        }
    }

    /** All of these hold. */
    record All(List<Condition> parts) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            for (Condition part : parts) {
                if (!part.holds(evidence)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String because(Evidence evidence) {
            return parts.stream()
                    .filter(part -> !part.holds(evidence))
                    .findFirst()
                    .map(part -> part.because(evidence))
                    .orElseGet(() -> parts.stream()
                            .map(part -> part.because(evidence))
                            .distinct()
                            .collect(Collectors.joining("; ")));
        }
    }

    /** One of these holds. */
    record Any(List<Condition> parts) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            for (Condition part : parts) {
                if (part.holds(evidence)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String because(Evidence evidence) {
            return parts.stream()
                    .filter(part -> part.holds(evidence))
                    .findFirst()
                    .map(part -> part.because(evidence))
                    .orElseGet(() -> parts.stream()
                            .map(part -> part.because(evidence))
                            .distinct()
                            .collect(Collectors.joining("; ")));
        }
    }

    /** This does not hold. */
    record Not(Condition part) implements Condition {

        @Override
        public boolean holds(Evidence evidence) {
            return !part.holds(evidence);
        }

        @Override
        public String because(Evidence evidence) {
            return part.because(evidence);
        }
    }

    private static String told(Field field, Evidence evidence) {
        String value = field.of(evidence);
        return value.isEmpty() ? "no " + field.label() : field.label() + " " + Evidence.quoted(value);
    }
}
