package org.pharos.pipelines.features;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file that an option names: entries of known names. What is wrong with it is told with the
 * option, the file and the line.
 */
final class YamlFile {
  private final String option;
  private final String file;
  private final Map<String, Node> entries;

  /**
   * Reads a file.
   *
   * @param option that names it
   * @param required the entries that it must have, as they are told to people
   * @param optional those that it may have beside them
   * @throws BadOption if there is no such file, or it is no YAML of these entries, naming the line
   */
  YamlFile(String option, String file, List<String> required, List<String> optional) {
    this.option = option;
    this.file = file;
    Node root = compose();
    if (!(root instanceof MappingNode mapping)) {
      throw new BadOption(
          option, file, "a file that says " + required.get(0) + ": NAME and so on is allowed");
    }
    this.entries = entries(mapping);
    entries.forEach(
        (name, node) -> {
          if (!required.contains(name) && !optional.contains(name)) {
            List<String> known = new ArrayList<>(required);
            known.addAll(optional);
            String last = known.remove(known.size() - 1);
            throw refused(
                node,
                name + " is not known; " + String.join(", ", known) + " and " + last + " are");
          }
        });
    for (String name : required.stream().sorted().toList()) {
      if (!entries.containsKey(name)) {
        throw refused(root, name + " is missing");
      }
    }
  }

  private @Nullable Node compose() {
    try (Reader text = Files.newBufferedReader(Path.of(file))) {
      return new Yaml().compose(text);
    } catch (IOException e) {
      throw new BadOption(
          option, file, "a file that can be read is allowed (" + e.getMessage() + ")");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new BadOption(option, file + ", line " + line, "this is no YAML: " + e.getProblem());
    }
  }

  /** An entry that is there. */
  Node entry(String name) {
    Node node = entries.get(name);
    if (node == null) {
      throw new IllegalStateException(name);
    }
    return node;
  }

  /** An entry that may not be there. */
  @Nullable Node find(String name) {
    return entries.get(name);
  }

  /** The entries of a mapping, in order. */
  Map<String, Node> entries(MappingNode mapping) {
    Map<String, Node> found = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      if (found.put(key, entry.getValueNode()) != null) {
        throw refused(entry.getKeyNode(), key + " is there twice");
      }
    }
    return found;
  }

  /** The texts of a list, or the one text. */
  List<String> list(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(this::text).toList();
    }
    return List.of(text(node));
  }

  String text(Node node) {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw refused(node, "a text is wanted here");
    }
    return scalar.getValue().strip();
  }

  /**
   * What a text says.
   *
   * @param allowed told when it does not
   */
  <T> T parsed(Node node, Function<String, T> parse, String allowed) {
    String text = text(node);
    try {
      return parse.apply(text);
    } catch (BadOption | IllegalArgumentException e) {
      throw refused(node, allowed + ", not " + text);
    }
  }

  /**
   * What is made of a node; why it cannot be is told with its line.
   *
   * @param what is made; empty to tell the reason alone
   */
  <T> T checked(Node node, String what, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw refused(node, (what.isEmpty() ? "" : what + ": ") + e.getMessage());
    }
  }

  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  BadOption refused(Node node, String why) {
    return new BadOption(option, file + ", line " + line(node), why);
  }
}
