package org.pharos.pipelines.features;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.AggregationText;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.TimeSpan;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.features.Trailing;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the definition of a view, in YAML:
 *
 * <pre>{@code
 * view: spending
 * version: 1
 * events: sales            # a table of the keyspace
 * entity: [customer_id]
 * time: sold_at            # when an event happened
 * ttl: 30d                 # how long a statement holds; for ever by default
 * bucket: 365d             # parts an entity's history by time; not by default
 * known-after: 2h          # a statement as of a time was known so much later; 0s by default
 * features:
 *   purchases: count over 7d, 30d, all
 *   spend: sum(store_sales) over 30d
 *   recency: recency_days
 * }</pre>
 *
 * <p>Columns are called as the feature and its window: {@code purchases_7d}; without {@code over}
 * it is all, as in {@code recency_all}. Aggregations are those of {@link AggregationText}.
 */
final class DefinitionFile {
  private static final Set<String> REQUIRED =
      Set.of("view", "version", "events", "entity", "time", "features");
  private static final Set<String> OPTIONAL = Set.of("ttl", "bucket", "known-after");

  private final String file;

  private DefinitionFile(String file) {
    this.file = file;
  }

  /**
   * The view that a file defines.
   *
   * @throws BadOption if there is no such file, or it defines none, naming the line
   */
  static ViewDefinition read(String file) {
    try (Reader text = Files.newBufferedReader(Path.of(file))) {
      return new DefinitionFile(file).definition(new Yaml().compose(text));
    } catch (IOException e) {
      throw new BadOption(
          "definition", file, "a file that can be read is allowed (" + e.getMessage() + ")");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new BadOption(
          "definition", file + ", line " + line, "this is no YAML: " + e.getProblem());
    }
  }

  private ViewDefinition definition(@Nullable Node root) {
    if (!(root instanceof MappingNode mapping)) {
      throw new BadOption("definition", file, "a file that says view: NAME and so on is allowed");
    }
    Map<String, Node> parts = entries(mapping);
    for (Map.Entry<String, Node> part : parts.entrySet()) {
      if (!REQUIRED.contains(part.getKey()) && !OPTIONAL.contains(part.getKey())) {
        throw refused(
            part.getValue(),
            part.getKey()
                + " is not known; view, version, events, entity, time, ttl, bucket, known-after and"
                + " features are");
      }
    }
    for (String required : REQUIRED.stream().sorted().toList()) {
      if (!parts.containsKey(required)) {
        throw refused(root, required + " is missing");
      }
    }
    Node name = part(parts, "view");
    Node version = part(parts, "version");
    String called = text(name);
    int number = at(version, Integer::parseInt, "a version is a whole number");
    checked(name, () -> FeatureView.named(called, number));
    return new ViewDefinition(
        file,
        called,
        number,
        text(part(parts, "events")),
        list(part(parts, "entity")),
        text(part(parts, "time")),
        span(parts, "ttl"),
        span(parts, "bucket"),
        parts.containsKey("known-after")
            ? Objects.requireNonNull(span(parts, "known-after"))
            : Duration.ZERO,
        features(part(parts, "features")));
  }

  private static Node part(Map<String, Node> parts, String key) {
    Node node = parts.get(key);
    if (node == null) {
      throw new IllegalStateException(key);
    }
    return node;
  }

  private List<ViewDefinition.Line> features(Node node) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      throw refused(node, "features are lines of NAME: AGGREGATION [over WINDOW, ...]");
    }
    List<ViewDefinition.Line> features = new ArrayList<>();
    entries(mapping).forEach((name, value) -> features.add(feature(name, value)));
    return features;
  }

  private ViewDefinition.Line feature(String name, Node node) {
    String[] parts = text(node).split("\\sover\\s", 2);
    List<Trailing> over = new ArrayList<>();
    if (parts.length == 1) {
      over.add(Trailing.all());
    } else {
      for (String window : parts[1].split(",", -1)) {
        over.add(window(name, window.strip(), node));
      }
    }
    return new ViewDefinition.Line(
        line(node),
        name,
        checked(node, "feature " + name, () -> AggregationText.parse(parts[0]).aggregation()),
        over);
  }

  private Trailing window(String feature, String window, Node node) {
    if (window.equals("all")) {
      return Trailing.all();
    }
    try {
      return Trailing.of(TimeSpan.of("definition", window));
    } catch (BadOption | IllegalArgumentException e) {
      throw refused(
          node,
          "feature " + feature + ": a window is all or a length such as 1h or 30d, not " + window);
    }
  }

  private Map<String, Node> entries(MappingNode mapping) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      if (entries.put(key, entry.getValueNode()) != null) {
        throw refused(entry.getKeyNode(), key + " is there twice");
      }
    }
    return entries;
  }

  private List<String> list(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(this::text).toList();
    }
    return List.of(text(node));
  }

  private @Nullable Duration span(Map<String, Node> parts, String key) {
    Node node = parts.get(key);
    if (node == null) {
      return null;
    }
    return at(
        node, text -> TimeSpan.of("definition", text), key + " is a length of time such as 30d");
  }

  private <T> T at(Node node, Function<String, T> parse, String allowed) {
    String text = text(node);
    try {
      return parse.apply(text);
    } catch (BadOption | IllegalArgumentException e) {
      throw refused(node, allowed + ", not " + text);
    }
  }

  private <T> T checked(Node node, String what, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw refused(node, (what.isEmpty() ? "" : what + ": ") + e.getMessage());
    }
  }

  private <T> void checked(Node node, Supplier<T> make) {
    T made = checked(node, "", make);
    assert made != null;
  }

  private String text(Node node) {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw refused(node, "a text is wanted here");
    }
    return scalar.getValue().strip();
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private BadOption refused(Node node, String why) {
    return new BadOption("definition", file + ", line " + line(node), why);
  }
}
