package com.vibnai.attribution.channel;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file as nodes that know their line, so that whatever is wrong can be said with its line. */
final class YamlFile {

    private final String name;

    YamlFile(String name) {
        this.name = name;
    }

    /** The outermost mapping; an empty file is an empty mapping. */
    Map<String, Entry> read(String text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            return root == null ? Map.of() : entries(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new RuleFileException(name, line, "this is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new RuleFileException(name, 1, "this is no YAML: " + e.getMessage());
        }
    }

    /** A key of a mapping with its value. */
    record Entry(Node key, Node value) {}

    Map<String, Entry> entries(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "a mapping is needed here, `key: value`");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (entries.put(key, new Entry(tuple.getKeyNode(), tuple.getValueNode())) != null) {
                throw wrong(tuple.getKeyNode(), "`" + key + "` stands here twice");
            }
        }
        return entries;
    }

    /** The same, with no key but {@code allowed}. */
    Map<String, Entry> entries(Node node, Set<String> allowed) {
        Map<String, Entry> entries = entries(node);
        known(entries, allowed);
        return entries;
    }

    void known(Map<String, Entry> entries, Set<String> allowed) {
        entries.forEach((key, entry) -> {
            if (!allowed.contains(key)) {
                throw wrong(
                        entry.key(),
                        "`" + key + "` is not known here; known are "
                                + String.join(", ", allowed.stream().sorted().toList()));
            }
        });
    }

    List<Node> list(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw wrong(node, "a list is needed here");
    }

    /** Texts of a list, or the one text that stands in its place. */
    List<String> texts(Node node) {
        if (node instanceof ScalarNode) {
            return List.of(text(node));
        }
        List<String> texts = new ArrayList<>();
        list(node).forEach(item -> texts.add(text(item)));
        return texts;
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "a text is needed here");
    }

    boolean flag(Node node) {
        return switch (text(node)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(node, "`true` or `false` is needed here");
        };
    }

    /** A text of 1 to {@code longest} characters. */
    String name(@Nullable Entry entry, Node parent, String key, int longest) {
        if (entry == null) {
            throw wrong(parent, "`" + key + "` is missing");
        }
        String text = text(entry.value()).strip();
        if (text.isEmpty() || text.length() > longest) {
            throw wrong(entry.value(), "`" + key + "` has 1 to " + longest + " characters");
        }
        return text;
    }

    RuleFileException wrong(Node node, String problem) {
        return new RuleFileException(name, node.getStartMark().getLine() + 1, problem);
    }
}
