package com.vibnai.attribution.channel;

import com.vibnai.attribution.touch.ExternalReferrer;
import com.vibnai.attribution.touch.Touch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules in order, with the lists they look into. The first that holds decides; none means Unassigned. */
final class RuleSet {

    /** The channel of a touch that no rule is about. */
    static final String UNASSIGNED = "Unassigned";

    private static final String NO_RULE = "none";

    private final String version;
    private final List<Rule> rules;
    private final Sources sources;
    private final Map<String, ClickId> clickIds;
    private final ExternalReferrer referrers;

    RuleSet(
            String version,
            List<Rule> rules,
            Sources sources,
            Map<String, ClickId> clickIds,
            ExternalReferrer referrers) {
        this.version = version;
        this.rules = List.copyOf(rules);
        this.sources = sources;
        this.referrers = referrers;
        this.clickIds = Collections.unmodifiableMap(new LinkedHashMap<>(clickIds));
    }

    String version() {
        return version;
    }

    Verdict classify(Touch touch) {
        Evidence evidence = Evidence.of(touch, sources, clickIds, referrers);
        for (Rule rule : rules) {
            if (rule.when().holds(evidence)) {
                return new Verdict(rule.channel(), rule.name(), version);
            }
        }
        return new Verdict(UNASSIGNED, NO_RULE, version);
    }

    /** The rules that are tried on this touch, up to the one that decides. */
    List<Trial> explain(Touch touch) {
        Evidence evidence = Evidence.of(touch, sources, clickIds, referrers);
        List<Trial> tried = new ArrayList<>();
        for (Rule rule : rules) {
            boolean matched = rule.when().holds(evidence);
            tried.add(
                    new Trial(rule.name(), rule.channel(), matched, rule.when().because(evidence)));
            if (matched) {
                break;
            }
        }
        return tried;
    }
}
