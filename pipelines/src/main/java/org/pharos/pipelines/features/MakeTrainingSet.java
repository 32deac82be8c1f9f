package org.pharos.pipelines.features;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.pipelines.files.FileFormat;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.JoinPointInTime;
import org.pharos.transforms.features.OnlineFeatures;
import org.pharos.transforms.features.fit.FeaturePipeline;
import org.pharos.transforms.features.fit.FittedTable;

/**
 * A spine (a table of entities, times and labels) with the features of views, as they were known at
 * each row's time, into files of a training, a validation and a test set, with a manifest that says
 * what they are made of and proves them. The same tables give the same rows in the same sets. With
 * a model, its steps are fitted to the training set alone, applied to all sets, and what they
 * learned is kept in a table for those who serve it.
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

    @Description(
        "Percent of the entities for training, validation and test; or two times, such as"
            + " 2026-03-01T00:00:00Z/2026-04-01T00:00:00Z, from which on rows of the spine are for"
            + " validation and for test.")
    @Default.String("80/10/10")
    String getSplit();

    void setSplit(String percents);

    @Description(
        "A file, in YAML, with steps that are fitted to the training set and applied to all sets."
            + " Default: none.")
    @Nullable String getModel();

    void setModel(@Nullable String file);

    @Description("PARQUET keeps the columns' types; CSV is text.")
    @Default.Enum("CSV")
    FileFormat getFileFormat();

    void setFileFormat(FileFormat format);

    @Description("The folder to write to, new or empty; one that a runner's workers all reach.")
    @Validation.Required
    String getFolder();

    void setFolder(String folder);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "make-training-set",
            "a spine with features as they were known at its times, into files with a manifest",
            Options.class,
            MakeTrainingSet::assemble)
        .checking(MakeTrainingSet::check)
        .describing(MakeTrainingSet::described)
        .reading(MakeTrainingSet::histories)
        .writing(MakeTrainingSet::fitted);
  }

  private static void check(Options options) {
    Split split = Split.parse(options.getSplit(), List.of(), options.getSpineTime());
    assert split != null;
    for (ViewDefinition definition : DefinitionFile.readAll(options.getDefinitions())) {
      assert definition != null;
    }
    String model = options.getModel();
    if (model != null) {
      var ignored = ModelFile.read(model);
    }
    checkFolder(options.getFolder());
  }

  /** Another run may write fewer files: those of an earlier one would be taken for part of it. */
  private static void checkFolder(String folder) {
    // Beam leaves an empty .temp-beam behind.
    String[] files = new File(folder).list((parent, name) -> !name.startsWith(".temp-beam"));
    if (files != null && files.length > 0) {
      throw new BadOption(
          "folder", folder, "a new or an empty folder is allowed, but there is " + files[0]);
    }
  }

  private static List<String> described(Options options) {
    List<String> tables = new ArrayList<>();
    tables.add(options.getSpine());
    DefinitionFile.readAll(options.getDefinitions())
        .forEach(definition -> tables.add(definition.events()));
    return tables.stream().distinct().toList();
  }

  private static List<FeatureView> views(Options options) {
    return DefinitionFile.readAll(options.getDefinitions()).stream()
        .map(each -> each.view(DescribedTables.named(options, each.events()).rowSchema()))
        .toList();
  }

  private static List<Table> histories(Options options) {
    return views(options).stream()
        .map(view -> FeatureTables.history(options.getKeyspace(), view))
        .toList();
  }

  private static Split split(Options options, List<FeatureView> views) {
    return Split.parse(options.getSplit(), views.get(0).entity(), options.getSpineTime());
  }

  /** The table of the model, if there is one. */
  private static List<Table> fitted(Options options) {
    String file = options.getModel();
    if (file == null) {
      return List.of();
    }
    ModelFile model = ModelFile.read(file);
    List<FeatureView> views = views(options);
    OnlineFeatures.Views joined = OnlineFeatures.of(views.get(0));
    for (FeatureView view : views.subList(1, views.size())) {
      joined = joined.and(view);
    }
    Schema spine = DescribedTables.named(options, options.getSpine()).rowSchema();
    return List.of(
        model
            .table(
                model.pipeline(
                    joined(options, joined::schema, spine), split(options, views).fields()),
                options.getKeyspace(),
                Connections.from(options))
            .table());
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
    Schema joined = joined(options, join::schema, spine.rowSchema());
    Split split = split(options, views);
    PCollection<Row> rows =
        pipeline
            .apply("Read spine", ReadTable.of(spine).from(connection))
            .apply("Join features", join);
    Manifest manifest =
        Manifest.of(options.getKeyspace(), options.getSpine(), options.getSpineTime())
            .with(DefinitionFile.readAll(options.getDefinitions()), views);
    String file = options.getModel();
    if (file != null) {
      ModelFile model = ModelFile.read(file);
      FeaturePipeline steps = model.pipeline(joined, split.fields());
      rows =
          applied(
              rows,
              steps,
              split,
              model.table(steps, options.getKeyspace(), connection),
              model.version());
      manifest = manifest.with(model);
    }
    var ignored =
        rows.apply(
            "Write training set",
            new WriteTrainingSet(options.getFolder(), options.getFileFormat(), split, manifest));
  }

  /** Fits steps to the rows of the training set, and applies them to all. */
  private static PCollection<Row> applied(
      PCollection<Row> rows, FeaturePipeline steps, Split split, FittedTable table, int version) {
    PCollection<Row> learned =
        rows.apply("Take training set", Filter.by(row -> split.of(row).equals(Split.TRAIN)))
            .setRowSchema(rows.getSchema())
            .apply("Fit model", steps.fit());
    var ignored = learned.apply("Write model", table.write(version));
    return rows.apply("Apply model", steps.apply(learned.apply("Share model", View.asSingleton())));
  }

  private static PCollection<Row> history(
      Pipeline pipeline, Options options, FeatureView view, CassandraConnection connection) {
    return pipeline.apply(
        "Read history of " + view,
        ReadTable.of(FeatureTables.history(options.getKeyspace(), view)).from(connection));
  }

  private static Schema joined(Options options, UnaryOperator<Schema> join, Schema spine) {
    try {
      return join.apply(spine);
    } catch (IllegalArgumentException e) {
      throw new BadOption("spine", options.getSpine(), String.valueOf(e.getMessage()));
    }
  }
}
