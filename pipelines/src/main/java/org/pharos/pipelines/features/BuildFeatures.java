package org.pharos.pipelines.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.TiledFeatures;
import org.pharos.transforms.features.WriteFeatures;

/**
 * A table of events into the features that a file defines, as of one time or many: into the view's
 * history, and of each entity the newest into its online table. Running it again writes the same.
 */
public final class BuildFeatures {
  private BuildFeatures() {}

  /** The options of this pipeline. */
  public interface Options extends ViewOptions {
    @Description("The file, in YAML, that defines the view: its events, entity and features.")
    @Validation.Required
    String getDefinition();

    void setDefinition(String file);

    @Description(
        "The times at which features are stated, in ISO-8601 with commas between them, or"
            + " FROM/UNTIL/EVERY such as 1998-01-01T00:00:00Z/1998-12-01T00:00:00Z/30d.")
    @Validation.Required
    String getStatedAt();

    void setStatedAt(String times);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "build-features",
            "events of a table into the features that a file defines, as of many times",
            Options.class,
            BuildFeatures::assemble)
        .checking(BuildFeatures::check)
        .describing(options -> List.of(DefinitionFile.read(options.getDefinition()).events()))
        .writing(BuildFeatures::tables);
  }

  /**
   * The view that a file defines.
   *
   * @param events what the events look like
   * @throws BadOption if it defines none, or none of such events
   */
  public static FeatureView view(String definition, Schema events) {
    return DefinitionFile.read(definition).view(events);
  }

  private static void check(Options options) {
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    List<Instant> times = AsOfTimes.of("statedAt", options.getStatedAt());
    assert definition != null && times != null;
  }

  private static List<Table> tables(Options options) {
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    FeatureView view = definition.view(definition.describedEvents(options).rowSchema());
    List<Table> tables = new ArrayList<>(ViewOptions.registry(options));
    tables.add(FeatureTables.history(options.getKeyspace(), view));
    tables.add(FeatureTables.online(options.getKeyspace(), view));
    return tables;
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    Table events = definition.describedEvents(options);
    List<Instant> times = AsOfTimes.of("statedAt", options.getStatedAt());
    FeatureView view = definition.view(events.rowSchema());
    ViewOptions.register(pipeline, options, view);
    List<String> columns = definition.columns();
    TiledFeatures tiled = definition.tiled(events.rowSchema(columns), times);

    PCollection<Row> tiles =
        pipeline
            .apply(
                "Read events",
                ReadTable.of(events).from(connection).withColumns(columns.toArray(new String[0])))
            .apply("Tile events", tiled.tiles());
    WriteFeatures write =
        WriteFeatures.of(view)
            .in(options.getKeyspace())
            .to(connection)
            .knownAfter(definition.knownAfter());
    // Who had an event once is stated at all later times: the last has the newest row of everyone.
    Instant last = times.get(times.size() - 1);
    var ignored =
        tiles
            .apply("State features as of " + last, tiled.asOf(last))
            .apply("Write newest features", write);
    if (times.size() > 1) {
      writeEarlier(tiles, tiled, times.subList(0, times.size() - 1), write.toHistoryOnly());
    }
  }

  private static void writeEarlier(
      PCollection<Row> tiles, TiledFeatures tiled, List<Instant> times, WriteFeatures write) {
    List<PCollection<Row>> stated = new ArrayList<>();
    for (Instant time : times) {
      stated.add(tiles.apply("State features as of " + time, tiled.asOf(time)));
    }
    var ignored =
        PCollectionList.of(stated)
            .apply("Earlier times", Flatten.pCollections())
            .setRowSchema(stated.get(0).getSchema())
            .apply("Write earlier features", write);
  }
}
