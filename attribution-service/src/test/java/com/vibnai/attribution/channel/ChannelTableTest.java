package com.vibnai.attribution.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.ExternalReferrer;
import com.vibnai.attribution.touch.Touch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Touches as they are met, and the channel of each. */
class ChannelTableTest {

    private static final RuleSet RULES = RuleSets.builtIn();

    record Case(String text, Touch touch, String channel) {

        static Case of(String line) {
            int last = line.lastIndexOf('|');
            String[] columns = line.substring(0, last).split("\\|", 5);
            Map<String, String> ids = new LinkedHashMap<>();
            for (String id : columns[3].strip().split(" ")) {
                if (!id.isEmpty()) {
                    ids.put(id.substring(0, id.indexOf('=')), id.substring(id.indexOf('=') + 1));
                }
            }
            Campaign campaign =
                    new Campaign(text(columns[0]), text(columns[1]), text(columns[2]), null, null, null, null);
            Touch touch =
                    Touch.of(campaign, ids, text(columns[4]), "https://www.example.com/", null, new ExternalReferrer());
            return new Case(line, touch, line.substring(last + 1).strip());
        }

        private static String text(String column) {
            return column.isBlank() ? null : column.strip();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static List<Case> cases() {
        try (InputStream stream = ChannelTableTest.class.getResourceAsStream("/channel/cases.csv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Case::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheChannel(Case given) {
        assertThat(RULES.classify(given.touch()).channel())
                .as(() -> RULES.explain(given.touch()).toString())
                .isEqualTo(given.channel());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void explainsTheRuleThatDecides(Case given) {
        List<Trial> tried = RULES.explain(given.touch());
        Verdict verdict = RULES.classify(given.touch());

        boolean decided = !verdict.channel().equals(RuleSet.UNASSIGNED);
        assertThat(tried).extracting(Trial::because).doesNotContain("");
        assertThat(tried).filteredOn(Trial::matched).hasSize(decided ? 1 : 0);
        assertThat(tried.get(tried.size() - 1).matched()).isEqualTo(decided);
        if (decided) {
            assertThat(tried.get(tried.size() - 1).rule()).isEqualTo(verdict.rule());
        }
    }

    @Test
    void coversEveryChannelWithManyCases() {
        Set<String> covered = cases().stream().map(Case::channel).collect(Collectors.toSet());

        assertThat(cases()).hasSizeGreaterThan(150);
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of("Direct, Cross-network, Paid Shopping, Paid Search, Paid Social, Paid Video, Display,"
                                        + " Paid Other, AI Assistant, Organic Shopping, Organic Social, Organic Video,"
                                        + " Organic Search, Referral, Email, Affiliates, Audio, SMS,"
                                        + " Mobile Push Notifications, Unassigned")
                                .flatMap(names -> Stream.of(names.split(", ")))
                                .toList());
    }
}
