package org.pharos.pipelines.features;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema;
import org.pharos.pipelines.BadOption;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.features.fit.FeaturePipeline;
import org.pharos.transforms.features.fit.FittedTable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The steps of a {@link FeaturePipeline} in a file, in YAML:
 *
 * <pre>{@code
 * model: spending
 * version: 1
 * steps:
 *   - simple_imputer(spending_spend_30d, mean, indicator)
 *   - standard_scaler(spending_spend_30d)
 *   - one_hot_encoder(category, 20)
 * }</pre>
 *
 * <p>Steps are those of {@link StepText}, in the order in which they are applied.
 */
final class ModelFile {
  private static final String OPTION = "model";

  /** Cassandra allows 48 characters, of which the kind of table needs 7. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private final YamlFile yaml;
  private final String name;
  private final int version;
  private final List<Node> steps;

  private ModelFile(String file) {
    this.yaml = new YamlFile(OPTION, file, List.of("model", "version", "steps"), List.of());
    Node named = yaml.entry("model");
    this.name = yaml.text(named);
    if (!NAME.matcher(name).matches()) {
      throw yaml.refused(
          named, "the name of a model has 1 to 32 small letters, digits and _, not " + name);
    }
    Node numbered = yaml.entry("version");
    this.version = yaml.parsed(numbered, Integer::parseInt, "a version is a whole number");
    if (version < 1) {
      throw yaml.refused(numbered, "a version is 1 or more, not " + version);
    }
    Node list = yaml.entry("steps");
    if (!(list instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      throw yaml.refused(list, "steps are a list of lines such as - standard_scaler(spend)");
    }
    this.steps = sequence.getValue();
    for (Node step : steps) {
      var ignored = yaml.checked(step, "", () -> StepText.parse(yaml.text(step)));
    }
  }

  /**
   * Reads a file.
   *
   * @throws BadOption if there is no such file, or it says no steps, naming the line
   */
  static ModelFile read(String file) {
    return new ModelFile(file);
  }

  String name() {
    return name;
  }

  int version() {
    return version;
  }

  /** The steps as they were written. */
  List<String> steps() {
    return steps.stream().map(yaml::text).toList();
  }

  /**
   * The pipeline for rows of a schema.
   *
   * @param fixed columns that no step may write
   * @throws BadOption if a step does not fit what comes to it, or none learns anything, naming the
   *     line
   */
  FeaturePipeline pipeline(Schema rows, List<String> fixed) {
    FeaturePipeline pipeline = FeaturePipeline.of(rows).keeping(fixed);
    for (Node node : steps) {
      FeaturePipeline before = pipeline;
      pipeline =
          yaml.checked(
              node, "", () -> before.with(StepText.parse(yaml.text(node)).step(before.schema())));
    }
    if (pipeline.learnedSchema().getFieldCount() == 0) {
      throw yaml.refused(yaml.entry("steps"), "no step learns anything");
    }
    return pipeline;
  }

  /** The table that keeps what its versions learned. */
  FittedTable table(FeaturePipeline pipeline, String keyspace, CassandraConnection connection) {
    return FittedTable.of(pipeline, keyspace, name, connection);
  }
}
