package org.pharos.pipelines.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.tables.RowText;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.HashBucket;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.CheckParity;
import org.pharos.transforms.features.TiledFeatures;

/**
 * Whether history, what is served, and the events agree: features of a sample of entities are
 * computed afresh from the table of the events and compared.
 */
public final class CheckFeatures {
  private static final int SHARES = 10_000;

  private CheckFeatures() {}

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("The file, in YAML, that defines the view: its events, entity and features.")
    @Validation.Required
    String getDefinition();

    void setDefinition(String file);

    @Description("The time, in ISO-8601, as of which features are computed afresh.")
    @Validation.Required
    String getStatedAt();

    void setStatedAt(String time);

    @Description("Percent of the entities to check, 0.01 to 100, picked by a hash.")
    @Default.Double(100)
    double getSamplePercent();

    void setSamplePercent(double percent);

    @Description(
        "The file to write findings to, a line of JSON a feature, on a file system that Beam"
            + " knows.")
    @Nullable String getFindings();

    void setFindings(@Nullable String file);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "check-features",
            "whether history, what is served, and features computed afresh agree",
            Options.class,
            CheckFeatures::assemble)
        .checking(CheckFeatures::check)
        .describing(options -> List.of(DefinitionFile.read(options.getDefinition()).events()))
        .judging(CheckFeatures::verdict);
  }

  private static void check(Options options) {
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    Instant time = time(options);
    assert definition != null && time != null;
    double percent = options.getSamplePercent();
    if (!(percent * SHARES / 100 >= 1 && percent <= 100)) {
      throw new BadOption("samplePercent", "" + percent, "0.01 to 100 is allowed");
    }
    if (options.isCreateTables()) {
      throw new BadOption("createTables", "true", "nothing is created to be checked");
    }
  }

  private static Instant time(Options options) {
    List<Instant> times = AsOfTimes.of("statedAt", options.getStatedAt());
    if (times.size() != 1) {
      throw new BadOption("statedAt", options.getStatedAt(), "one time is allowed");
    }
    return times.get(0);
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    Table events = definition.describedEvents(options);
    FeatureView view = definition.view(events.rowSchema());
    List<String> columns = definition.columns();
    Instant time = time(options);
    TiledFeatures tiled = definition.tiled(events.rowSchema(columns), List.of(time));
    PCollection<Row> read =
        pipeline.apply(
            "Read events",
            ReadTable.of(events).from(connection).withColumns(columns.toArray(new String[0])));
    PCollection<Row> findings =
        sampled(read, definition.entity(), options.getSamplePercent())
            .apply("Tile events", tiled.tiles())
            .apply("State features as of " + time, tiled.asOf(time))
            .apply("Compare", CheckParity.of(view, options.getKeyspace(), connection));
    if (options.getFindings() != null) {
      findings
          .apply(
              "Format findings",
              MapElements.into(TypeDescriptors.strings())
                  .via(finding -> RowText.of(finding).toString()))
          .apply("Write findings", TextIO.write().to(options.getFindings()).withoutSharding());
    }
  }

  private static PCollection<Row> sampled(
      PCollection<Row> events, List<String> entity, double percent) {
    if (percent == 100) {
      return events;
    }
    long shares = Math.round(percent * SHARES / 100);
    return events
        .apply(
            "Sample entities",
            Filter.by(
                event -> {
                  HashBucket share = Bucket.byHash("share", entity, SHARES);
                  return share.of(event) < shares;
                }))
        .setRowSchema(events.getSchema());
  }

  private static String verdict(Options options, Map<String, Long> counts) {
    List<String> differing = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(CheckParity.DIFFERS_HISTORY)) {
            differing.add(
                told(name.substring(CheckParity.DIFFERS_HISTORY.length()), count)
                    + " in the history");
          } else if (name.startsWith(CheckParity.DIFFERS_ONLINE)) {
            differing.add(
                told(name.substring(CheckParity.DIFFERS_ONLINE.length()), count) + " online");
          }
        });
    return differing.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "of %,d entities, features differ: %s",
            counts.getOrDefault("entities_checked", 0L),
            String.join("; ", differing));
  }

  private static String told(String feature, long count) {
    return String.format(Locale.ROOT, "%s of %,d", feature, count);
  }
}
