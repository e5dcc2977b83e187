package com.vibnai.attribution.channel;

import com.vibnai.attribution.touch.ExternalReferrer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts a rule set together: the data set of referrer hosts, the built-in rules, and an operator's file on top. Its version
 * names Google's text that the rules follow and a digest of all three, so no change goes unnoticed.
 */
final class RuleSets {

    private static final String BASE = "ga4-2026-05";
    private static final String REFERRERS = "/channel/referrers.tsv";
    private static final String RULES = "/channel/rules.yaml";

    private RuleSets() {}

    /** The built-in rules alone. */
    static RuleSet builtIn() {
        return with(null, null, new ExternalReferrer());
    }

    /** The built-in rules under those of an operator's file, if there is one. */
    static RuleSet with(@Nullable String name, @Nullable String text, ExternalReferrer referrers) {
        String hosts = resource(REFERRERS);
        String rules = resource(RULES);
        RuleFile builtIn = RuleFile.read("channel/rules.yaml", rules);
        Map<String, ClickId> clickIds = new LinkedHashMap<>(builtIn.clickIds());
        List<Rule> inOrder = new ArrayList<>();
        builtIn.placements().forEach(placement -> inOrder.add(Objects.requireNonNull(placement.rule())));
        Sources sources = new Sources(dataSet(hosts), builtIn.hosts(), builtIn.names());
        if (text != null) {
            RuleFile own = RuleFile.read(Objects.requireNonNull(name), text);
            sources = sources.with(own.hosts(), own.names());
            clickIds.putAll(own.clickIds());
            place(own.placements(), inOrder);
        }
        return new RuleSet(version(hosts, rules, text), inOrder, sources, clickIds, referrers);
    }

    private static void place(List<RuleFile.Placement> placements, List<Rule> rules) {
        int front = 0;
        for (RuleFile.Placement placement : placements) {
            int same = indexOf(placement.name(), rules);
            Rule rule = placement.rule();
            if (rule == null) {
                if (same < 0) {
                    throw placement.misplaced();
                }
                rules.remove(same);
                front -= same < front ? 1 : 0;
                continue;
            }
            String anchor = placement.before() != null ? placement.before() : placement.after();
            if (anchor == null && same >= 0) {
                rules.set(same, rule);
            } else {
                if (same >= 0) {
                    rules.remove(same);
                    front -= same < front ? 1 : 0;
                }
                int at = anchor == null ? front++ : indexOf(anchor, rules);
                if (at < 0) {
                    throw placement.misplaced();
                }
                rules.add(placement.after() != null ? at + 1 : at, rule);
                front += anchor != null && at < front ? 1 : 0;
            }
        }
    }

    private static int indexOf(String name, List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Lines of host, tab, medium, tab, source; {@code #} starts a comment. */
    private static Map<String, SourceKind> dataSet(String text) {
        Map<String, SourceKind> hosts = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] columns = line.split("\t", -1);
            hosts.put(columns[0], kind(columns[1]));
        });
        return hosts;
    }

    private static SourceKind kind(String medium) {
        return switch (medium) {
            case "search" -> SourceKind.SEARCH;
            case "social" -> SourceKind.SOCIAL;
            case "email" -> SourceKind.EMAIL;
            case "paid" -> SourceKind.ADS;
            default -> SourceKind.OTHER;
        };
    }

    private static String version(String hosts, String rules, @Nullable String own) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {hosts, rules, own == null ? "" : own}) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            String hex = HexFormat.of().formatHex(digest.digest()).substring(0, 12);
            return BASE + (own == null ? "." : "+own.") + hex;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = RuleSets.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
