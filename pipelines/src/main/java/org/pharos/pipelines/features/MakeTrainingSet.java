package org.pharos.pipelines.features;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.JoinPointInTime;

/**
 * A spine (a table of entities, times and labels) with the features of views, as they were known at
 * each row's time, into CSV files of a training, a validation and a test set, with a manifest that
 * says what they are made of and proves them. The same tables give the same rows in the same sets.
 */
public final class MakeTrainingSet {
  private MakeTrainingSet() {}

  /** How features are found. */
  public enum Engine {
    MERGE,
    LOOKUP
  }

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("The table of the keyspace with an entity, a time and a label a row.")
    @Validation.Required
    String getSpine();

    void setSpine(String table);

    @Description("The column of the spine, a timestamp, at which features are wanted.")
    @Validation.Required
    String getSpineTime();

    void setSpineTime(String column);

    @Description("The files that define the views to join, with commas between them.")
    @Validation.Required
    List<String> getDefinitions();

    void setDefinitions(List<String> files);

    @Description(
        "MERGE reads each history whole and groups it by entity; LOOKUP asks for each row of the"
            + " spine, which is less work for a small one.")
    @Default.Enum("MERGE")
    Engine getEngine();

    void setEngine(Engine engine);

    @Description("Percent of the entities for training, validation and test.")
    @Default.String("80/10/10")
    String getSplit();

    void setSplit(String percents);

    @Description("The folder to write to, new or empty; one that a runner's workers all reach.")
    @Validation.Required
    String getFolder();

    void setFolder(String folder);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "make-training-set",
            "a spine with features as they were known at its times, into CSV files with a manifest",
            Options.class,
            MakeTrainingSet::assemble)
        .checking(MakeTrainingSet::check)
        .describing(MakeTrainingSet::described)
        .reading(MakeTrainingSet::histories);
  }

  private static void check(Options options) {
    Split split = Split.parse(options.getSplit(), List.of());
    assert split != null;
    for (ViewDefinition definition : definitions(options)) {
      assert definition != null;
    }
    checkFolder(options.getFolder());
  }

  /** Another run may write fewer files: those of an earlier one would be taken for part of it. */
  private static void checkFolder(String folder) {
    String[] files = new File(folder).list();
    if (files != null && files.length > 0) {
      throw new BadOption(
          "folder", folder, "a new or an empty folder is allowed, but there is " + files[0]);
    }
  }

  private static List<ViewDefinition> definitions(Options options) {
    return options.getDefinitions().stream().map(DefinitionFile::read).toList();
  }

  private static List<String> described(Options options) {
    List<String> tables = new ArrayList<>();
    tables.add(options.getSpine());
    definitions(options).forEach(definition -> tables.add(definition.events()));
    return tables.stream().distinct().toList();
  }

  private static List<FeatureView> views(Options options) {
    return definitions(options).stream()
        .map(each -> each.view(DescribedTables.named(options, each.events()).rowSchema()))
        .toList();
  }

  private static List<Table> histories(Options options) {
    return views(options).stream()
        .map(view -> FeatureTables.history(options.getKeyspace(), view))
        .toList();
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    Table spine = DescribedTables.named(options, options.getSpine());
    List<FeatureView> views = views(options);
    JoinPointInTime join = JoinPointInTime.at(options.getSpineTime());
    for (FeatureView view : views) {
      join =
          options.getEngine() == Engine.LOOKUP
              ? join.lookingUp(view, options.getKeyspace(), connection)
              : join.merging(view, history(pipeline, options, view, connection));
    }
    checkSpine(options, join, spine.rowSchema());
    PCollection<Row> rows =
        pipeline
            .apply("Read spine", ReadTable.of(spine).from(connection))
            .apply("Join features", join);
    var ignored =
        rows.apply(
            "Write training set",
            new WriteTrainingSet(
                options.getFolder(),
                Split.parse(options.getSplit(), views.get(0).entity()),
                Manifest.of(options.getKeyspace(), options.getSpine(), options.getSpineTime())
                    .with(definitions(options), views)));
  }

  private static PCollection<Row> history(
      Pipeline pipeline, Options options, FeatureView view, CassandraConnection connection) {
    return pipeline.apply(
        "Read history of " + view,
        ReadTable.of(FeatureTables.history(options.getKeyspace(), view)).from(connection));
  }

  private static void checkSpine(Options options, JoinPointInTime join, Schema spine) {
    try {
      Schema joined = join.schema(spine);
      assert joined.getFieldCount() > 0;
    } catch (IllegalArgumentException e) {
      throw new BadOption("spine", options.getSpine(), String.valueOf(e.getMessage()));
    }
  }
}
