package com.vibnai.attribution.channel;

import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchRules;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule set of this service. Made at start, so that a wrong rule file stops it. */
@Singleton
@Startup
public class Classifier {

    private final RuleSet rules;

    @Inject
    Classifier(ChannelConfig config, TouchRules touches) {
        this(config.rulesFile()
                .map(file -> load(file, touches))
                .orElseGet(() -> RuleSets.with(null, null, touches.referrers())));
    }

    Classifier(RuleSet rules) {
        this.rules = rules;
    }

    /** With the built-in rules alone, for tests and tools. */
    public static Classifier builtIn() {
        return new Classifier(RuleSets.builtIn());
    }

    /** The channel of a touch. */
    public Verdict classify(Touch touch) {
        return rules.classify(touch);
    }

    /** The channel of a touch, if there is a touch. */
    public @Nullable Verdict classifyNullable(@Nullable Touch touch) {
        return touch == null ? null : rules.classify(touch);
    }

    /** Version of the rules and lists. */
    public String ruleset() {
        return rules.version();
    }

    List<Trial> explain(Touch touch) {
        return rules.explain(touch);
    }

    private static RuleSet load(Path file, TouchRules touches) {
        try {
            return RuleSets.with(file.toString(), Files.readString(file), touches.referrers());
        } catch (IOException e) {
            throw new IllegalStateException("attribution.channels.rules-file cannot be read: " + file, e);
        }
    }
}
