package com.vibnai.attribution.channel;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A rule file, read. The built-in rules and an operator's are written alike; docs/channels.md describes the form.
 *
 * @param hosts kinds by host, each for the hosts below it too
 * @param names kinds by name, as it stands in utm_source
 * @param clickIds what click ids say, by parameter name, in order
 * @param placements rules in order, each with its place
 */
record RuleFile(
        Map<String, SourceKind> hosts,
        Map<String, SourceKind> names,
        Map<String, ClickId> clickIds,
        List<Placement> placements) {

    private static final int LONGEST_RULE = 80;
    private static final int LONGEST_CHANNEL = 40;
    private static final String LIKE = "_like";
    private static final Set<String> SECTIONS = Set.of("sources", "click_ids", "rules");
    private static final Set<String> RULE_KEYS = Set.of("name", "channel", "when", "before", "after", "remove");
    private static final Set<String> CLICK_ID_KEYS = Set.of("kind", "paid");

    /**
     * A rule and where it goes.
     *
     * @param name of the rule
     * @param rule the rule; null takes the one of this name away
     * @param before name of the rule that it goes before
     * @param after name of the rule that it goes after
     * @param misplaced what to say, with its line, if that rule is not there
     */
    record Placement(
            String name,
            @Nullable Rule rule,
            @Nullable String before,
            @Nullable String after,
            RuleFileException misplaced) {}

    /** Reads a file; the first thing wrong with it is thrown with its line. */
    static RuleFile read(String name, String text) {
        return new Reader(new YamlFile(name)).read(text);
    }

    private static final class Reader {

        private final YamlFile yaml;

        Reader(YamlFile yaml) {
            this.yaml = yaml;
        }

        RuleFile read(String text) {
            Map<String, YamlFile.Entry> sections = yaml.read(text);
            yaml.known(sections, SECTIONS);
            Map<String, SourceKind> hosts = new LinkedHashMap<>();
            Map<String, SourceKind> names = new LinkedHashMap<>();
            Map<String, ClickId> clickIds = new LinkedHashMap<>();
            List<Placement> rules = new ArrayList<>();
            sections.forEach((section, entry) -> {
                switch (section) {
                    case "sources" -> sources(entry.value(), hosts, names);
                    case "click_ids" -> clickIds(entry.value(), clickIds);
                    default -> rules(entry.value(), rules);
                }
            });
            return new RuleFile(hosts, names, clickIds, rules);
        }

        private void sources(Node node, Map<String, SourceKind> hosts, Map<String, SourceKind> names) {
            yaml.entries(node).forEach((key, entry) -> {
                SourceKind kind = kind(entry.key(), key);
                for (String source : yaml.texts(entry.value())) {
                    String lower = source.strip().toLowerCase(Locale.ROOT);
                    (lower.indexOf('.') < 0 ? names : hosts).put(lower, kind);
                }
            });
        }

        private void clickIds(Node node, Map<String, ClickId> clickIds) {
            yaml.entries(node).forEach((name, entry) -> {
                Map<String, YamlFile.Entry> says = yaml.entries(entry.value(), CLICK_ID_KEYS);
                YamlFile.Entry kind = says.get("kind");
                YamlFile.Entry paid = says.get("paid");
                if (kind == null) {
                    throw yaml.wrong(entry.key(), "`kind` is missing");
                }
                clickIds.put(
                        name,
                        new ClickId(
                                kind(kind.value(), yaml.text(kind.value())), paid != null && yaml.flag(paid.value())));
            });
        }

        private void rules(Node node, List<Placement> rules) {
            Set<String> seen = new HashSet<>();
            for (Node item : yaml.list(node)) {
                Placement placement = rule(item);
                if (!seen.add(placement.name())) {
                    throw yaml.wrong(item, "there are two rules `" + placement.name() + "`");
                }
                rules.add(placement);
            }
        }

        private Placement rule(Node node) {
            Map<String, YamlFile.Entry> keys = yaml.entries(node, RULE_KEYS);
            String name = yaml.name(keys.get("name"), node, "name", LONGEST_RULE);
            YamlFile.Entry remove = keys.get("remove");
            String before = optional(keys.get("before"));
            String after = optional(keys.get("after"));
            if (before != null && after != null) {
                throw yaml.wrong(node, "a rule goes `before` or `after` another, not both");
            }
            Node place = keys.containsKey("before")
                    ? keys.get("before").value()
                    : keys.containsKey("after") ? keys.get("after").value() : node;
            String other = before != null ? before : after != null ? after : name;
            RuleFileException misplaced = yaml.wrong(place, "there is no rule `" + other + "`");
            if (remove != null && yaml.flag(remove.value())) {
                return new Placement(name, null, null, null, misplaced);
            }
            String channel = yaml.name(keys.get("channel"), node, "channel", LONGEST_CHANNEL);
            YamlFile.Entry when = keys.get("when");
            if (when == null) {
                throw yaml.wrong(node, "`when` is missing");
            }
            return new Placement(name, new Rule(name, channel, condition(when.value())), before, after, misplaced);
        }

        private @Nullable String optional(YamlFile.@Nullable Entry entry) {
            return entry == null ? null : yaml.text(entry.value());
        }

        private Condition condition(Node node) {
            Map<String, YamlFile.Entry> keys = yaml.entries(node);
            if (keys.isEmpty()) {
                throw yaml.wrong(node, "a condition is missing");
            }
            List<Condition> all = new ArrayList<>();
            keys.forEach((key, entry) -> all.add(condition(key, entry)));
            return all.size() == 1 ? all.get(0) : new Condition.All(all);
        }

        private Condition condition(String key, YamlFile.Entry entry) {
            Node value = entry.value();
            return switch (key) {
                case "all" -> new Condition.All(conditions(value));
                case "any" -> new Condition.Any(conditions(value));
                case "not" -> new Condition.Not(condition(value));
                case "direct" -> new Condition.Direct(yaml.flag(value));
                case "paid_click" -> new Condition.PaidClick(yaml.flag(value));
                case "click_id" -> new Condition.HasClickId(Set.copyOf(yaml.texts(value)));
                case "kind" -> new Condition.KindIn(kinds(value));
                default -> text(key, entry);
            };
        }

        private List<Condition> conditions(Node node) {
            return yaml.list(node).stream().map(this::condition).toList();
        }

        private Condition text(String key, YamlFile.Entry entry) {
            boolean like = key.endsWith(LIKE);
            Condition.Field field =
                    field(entry.key(), like ? key.substring(0, key.length() - LIKE.length()) : key, key);
            if (like) {
                return new Condition.Like(field, pattern(entry.value()));
            }
            return new Condition.OneOf(
                    field,
                    yaml.texts(entry.value()).stream()
                            .map(text -> text.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toUnmodifiableSet()));
        }

        private Condition.Field field(Node node, String name, String key) {
            for (Condition.Field field : Condition.Field.values()) {
                if (field.label().equals(name)) {
                    return field;
                }
            }
            throw yaml.wrong(node, "`" + key + "` is no condition");
        }

        private Pattern pattern(Node node) {
            try {
                return Pattern.compile(yaml.text(node), Pattern.CASE_INSENSITIVE);
            } catch (PatternSyntaxException e) {
                throw yaml.wrong(node, "this is no regular expression: " + e.getDescription());
            }
        }

        private Set<SourceKind> kinds(Node node) {
            Set<SourceKind> kinds = EnumSet.noneOf(SourceKind.class);
            yaml.texts(node).forEach(text -> kinds.add(kind(node, text)));
            return kinds;
        }

        private SourceKind kind(Node node, String text) {
            for (SourceKind kind : SourceKind.values()) {
                if (kind.label().equals(text)) {
                    return kind;
                }
            }
            throw yaml.wrong(node, "`" + text + "` is no kind of source");
        }
    }
}
