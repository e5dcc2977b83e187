package com.vibnai.attribution.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.ExternalReferrer;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.attribution.touch.TouchRules;
import io.quarkus.runtime.Startup;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {

    private static final ExternalReferrer REFERRERS = new ExternalReferrer();

    private static Verdict classify(String rules, Touch touch) {
        return RuleSets.with("own.yaml", rules, REFERRERS).classify(touch);
    }

    private static Touch campaign(String source, String medium) {
        return touch(source, medium, Map.of(), null);
    }

    private static Touch touch(String source, String medium, Map<String, String> clickIds, String referrer) {
        return Touch.of(
                new Campaign(source, medium, null, null, null, null, null),
                clickIds,
                referrer,
                "https://www.example.com/",
                null,
                REFERRERS);
    }

    @Test
    void putsOwnRulesFirst() {
        String rules = """
                rules:
                  - name: podcast
                    channel: Podcast
                    when: { source_like: "podcast-.*" }
                  - name: other-podcast
                    channel: Other podcast
                    when: { source_like: "podcast.*" }
                """;

        assertThat(classify(rules, campaign("podcast-17", "cpc")))
                .extracting(Verdict::channel, Verdict::rule)
                .containsExactly("Podcast", "podcast");
        assertThat(classify(rules, campaign("podcast", "cpc")).channel()).isEqualTo("Other podcast");
        assertThat(classify(rules, campaign("google", "cpc")).channel()).isEqualTo("Paid Search");
    }

    @Test
    void replacesARuleInItsPlace() {
        String rules = """
                rules:
                  - name: email
                    channel: Newsletter
                    when: { medium: [email, letter] }
                """;

        assertThat(classify(rules, campaign("anything", "letter")).channel()).isEqualTo("Newsletter");
        assertThat(classify(rules, campaign("facebook", "email")).channel()).isEqualTo("Organic Social");
    }

    @Test
    void placesARuleBeforeOrAfterAnother() {
        String before = """
                rules:
                  - name: brand
                    channel: Brand
                    before: paid-search
                    when: { campaign: [""], medium: cpc }
                """;

        assertThat(classify(before, campaign("google", "cpc")).channel()).isEqualTo("Brand");
        assertThat(classify(before.replace("before:", "after:"), campaign("google", "cpc"))
                        .channel())
                .isEqualTo("Paid Search");
        assertThat(classify(before.replace("before:", "after:"), campaign("facebook", "cpc"))
                        .channel())
                .isEqualTo("Brand");
    }

    @Test
    void takesARuleAway() {
        String rules = """
                rules:
                  - { name: paid-search, remove: true }
                """;

        assertThat(classify(rules, campaign("google", "cpc")).channel()).isEqualTo("Paid Other");
    }

    @Test
    void learnsSourcesAndClickIds() {
        String rules = """
                sources:
                  social: [forum.example.org, our-forum]
                  search: google.example
                click_ids:
                  qclid: { kind: social, paid: true }
                """;

        assertThat(classify(rules, touch(null, null, Map.of(), "https://de.forum.example.org/t/1"))
                        .channel())
                .isEqualTo("Organic Social");
        assertThat(classify(rules, campaign("our-forum", null)).channel()).isEqualTo("Organic Social");
        assertThat(classify(rules, touch(null, null, Map.of("qclid", "x"), null))
                        .channel())
                .isEqualTo("Paid Social");
    }

    @Test
    void combinesConditions() {
        String rules = """
                rules:
                  - name: odd
                    channel: Odd
                    when:
                      any:
                        - all: [{ content: a }, { term_like: "b.*" }]
                        - not: { landing_page_like: "https://www.example.com/.*" }
                        - referrer_host: [example.org]
                        - click_id: irclid
                          paid_click: false
                          direct: false
                """;

        assertThat(classify(rules, touch(null, null, Map.of("irclid", "1"), null))
                        .rule())
                .isEqualTo("odd");
        assertThat(classify(rules, touch(null, null, Map.of(), "https://a.example.org/"))
                        .rule())
                .isEqualTo("odd");
        assertThat(classify(rules, campaign("anything", null)).channel()).isEqualTo("Unassigned");
    }

    @Test
    void namesTheVersionByWhatIsInIt() {
        String own = "rules: []";

        assertThat(RuleSets.builtIn().version()).matches("ga4-2026-05\\.[0-9a-f]{12}");
        assertThat(RuleSets.with("a", own, REFERRERS).version()).matches("ga4-2026-05\\+own\\.[0-9a-f]{12}");
        assertThat(RuleSets.with("a", own, REFERRERS).version())
                .isEqualTo(RuleSets.with("b", own, REFERRERS).version())
                .isNotEqualTo(RuleSets.with("a", own + " ", REFERRERS).version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "rules: [|1|no YAML",
                "rulez: []|1|`rulez` is not known here",
                "\\nrules: text|2|a list is needed",
                "rules:\\n  - name: a\\n    channel: A|2|`when` is missing",
                "rules:\\n  - channel: A\\n    when: {medium: a}|2|`name` is missing",
                "rules:\\n  - name: a\\n    when: {medium: a}|2|`channel` is missing",
                "rules:\\n  - name: a\\n    channel: A\\n    when: {medum: a}|4|`medum` is no condition",
                "rules:\\n  - name: a\\n    channel: A\\n    when:\\n      kind: searching|5|`searching` is no kind of source",
                "rules:\\n  - name: a\\n    channel: A\\n    when:\\n      medium_like: '('|5|no regular expression",
                "rules:\\n  - name: a\\n    channel: A\\n    before: nobody\\n    when: {medium: a}|4|no rule `nobody`",
                "rules:\\n  - name: a\\n    remove: true|2|no rule `a`",
                "rules:\\n  - {name: a, channel: A, when: {medium: a}}\\n  - {name: a, channel: A, when: {medium: a}}|3|two rules `a`",
                "rules:\\n  - {name: a, channel: A, when: {paid_click: perhaps}}|2|`true` or `false`",
                "rules:\\n  - {name: a, channel: A, when: {}}|2|a condition is missing",
                "sources:\\n  friends: [a]|2|`friends` is no kind of source",
                "click_ids:\\n  x:\\n    paid: true|2|`kind` is missing",
                "rules: []\\nrules: []|2|stands here twice",
            })
    void saysWhichLineIsWrong(String text, int line, String problem) {
        assertThatThrownBy(() -> RuleSets.with("own.yaml", text.replace("\\n", "\n"), REFERRERS))
                .hasMessageStartingWith("own.yaml, line " + line + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void stopsTheStartWhenTheFileIsWrongOrMissing(@TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("rules.yaml"), "rules:\n  - name: a\n");

        assertThat(Classifier.class).hasAnnotation(Startup.class);
        assertThatThrownBy(() -> new Classifier(config(wrong), touches()))
                .hasMessageContaining("rules.yaml, line 2: `channel` is missing");
        assertThatThrownBy(() -> new Classifier(config(folder.resolve("nothing.yaml")), touches()))
                .hasMessageContaining("attribution.channels.rules-file cannot be read");
    }

    private static TouchRules touches() {
        return new TouchRules(REFERRERS, Duration.ofDays(400));
    }

    private static ChannelConfig config(Path file) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(ChannelConfig.class)
                .withDefaultValue("attribution.channels.rules-file", file.toString())
                .build()
                .getConfigMapping(ChannelConfig.class);
    }
}
