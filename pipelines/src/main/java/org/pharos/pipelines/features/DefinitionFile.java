package org.pharos.pipelines.features;

import java.util.ArrayList;
import java.util.List;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.AggregationText;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.TimeSpan;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.features.Trailing;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

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
 * owner: growth team       # told in the registry, as are description and tags; nothing by default
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
  private static final String OPTION = "definition";

  private final YamlFile yaml;

  private DefinitionFile(String file) {
    this.yaml =
        new YamlFile(
            OPTION,
            file,
            List.of("view", "version", "events", "entity", "time", "features"),
            List.of("ttl", "bucket", "known-after", "owner", "description", "tags"));
  }

  /**
   * The view that a file defines.
   *
   * @throws BadOption if there is no such file, or it defines none, naming the line
   */
  static ViewDefinition read(String file) {
    return new DefinitionFile(file).definition(file);
  }

  /** The views that files define; see {@link #read}. */
  static List<ViewDefinition> readAll(List<String> files) {
    return files.stream().map(DefinitionFile::read).toList();
  }

  private ViewDefinition definition(String file) {
    Node name = yaml.entry("view");
    String called = yaml.text(name);
    int number =
        yaml.parsed(yaml.entry("version"), Integer::parseInt, "a version is a whole number");
    var ignored = yaml.checked(name, "", () -> FeatureView.named(called, number));
    Duration known = span("known-after");
    return new ViewDefinition(
        file,
        called,
        number,
        yaml.text(yaml.entry("events")),
        yaml.list(yaml.entry("entity")),
        yaml.text(yaml.entry("time")),
        span("ttl"),
        span("bucket"),
        known == null ? Duration.ZERO : known,
        new ViewDefinition.About(told("owner"), told("description"), tags()),
        features(yaml.entry("features")));
  }

  private String told(String key) {
    Node node = yaml.find(key);
    return node == null ? "" : yaml.text(node);
  }

  private List<String> tags() {
    Node node = yaml.find("tags");
    return node == null ? List.of() : yaml.list(node);
  }

  private List<ViewDefinition.Line> features(Node node) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      throw yaml.refused(node, "features are lines of NAME: AGGREGATION [over WINDOW, ...]");
    }
    List<ViewDefinition.Line> features = new ArrayList<>();
    yaml.entries(mapping).forEach((name, value) -> features.add(feature(name, value)));
    return features;
  }

  private ViewDefinition.Line feature(String name, Node node) {
    String[] parts = yaml.text(node).split("\\sover\\s", 2);
    List<Trailing> over = new ArrayList<>();
    if (parts.length == 1) {
      over.add(Trailing.all());
    } else {
      for (String window : parts[1].split(",", -1)) {
        over.add(window(name, window.strip(), node));
      }
    }
    return new ViewDefinition.Line(
        YamlFile.line(node),
        name,
        yaml.checked(node, "feature " + name, () -> AggregationText.parse(parts[0]).aggregation()),
        over);
  }

  private Trailing window(String feature, String window, Node node) {
    if (window.equals("all")) {
      return Trailing.all();
    }
    try {
      return Trailing.of(TimeSpan.of(OPTION, window));
    } catch (BadOption | IllegalArgumentException e) {
      throw yaml.refused(
          node,
          "feature " + feature + ": a window is all or a length such as 1h or 30d, not " + window);
    }
  }

  private @Nullable Duration span(String key) {
    Node node = yaml.find(key);
    return node == null
        ? null
        : yaml.parsed(
            node, text -> TimeSpan.of(OPTION, text), key + " is a length of time such as 30d");
  }
}
