package org.pharos.pipelines.features;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.DescribedTables;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.TiledFeatures;
import org.pharos.transforms.features.Trailing;

/**
 * A view as a file defines it: which events its features are made of, and how.
 *
 * @param file where it is defined, for messages
 * @param events the table of the events
 * @param time the column that says when an event happened
 * @param timeToLive how long a statement holds; null for ever
 * @param bucket the width of the history's buckets; null for none
 * @param knownAfter how long after its time a statement that is made later would have been known
 * @param about what is told of the view to people
 */
record ViewDefinition(
    String file,
    String name,
    int version,
    String events,
    List<String> entity,
    String time,
    @Nullable Duration timeToLive,
    @Nullable Duration bucket,
    Duration knownAfter,
    About about,
    List<Line> features) {

  /** Who answers for a view, what it is about, and words to find it by; empty where not said. */
  record About(String owner, String description, List<String> tags) {}

  /**
   * A feature, or one a window.
   *
   * @param line where the file says it
   */
  record Line(int line, String name, Aggregation aggregation, List<Trailing> over) {}

  private BadOption refused(int line, String why) {
    return new BadOption(
        "definition", line == 0 ? file : file + ", line " + line, String.valueOf(why));
  }

  /**
   * The table of the events, as the cluster describes it.
   *
   * @throws BadOption if its column of the time is none
   */
  Table describedEvents(CassandraOptions options) {
    Table table = DescribedTables.named(options, events);
    if (table.find(time).filter(it -> it.type() == CqlType.TIMESTAMP).isEmpty()) {
      throw refused(
          0, "time: a column of " + events + " of type timestamp is allowed, not " + time);
    }
    return table;
  }

  /**
   * The features, of tiles as long as windows and times allow: with them, many times cost one pass
   * over the events.
   *
   * @param rows what events look like
   * @param times at which features are to be stated
   * @throws BadOption if a feature cannot be made of such events, naming its line
   */
  TiledFeatures tiled(Schema rows, List<Instant> times) {
    return tiled(rows, Duration.millis(tile(times)));
  }

  /**
   * The features, of tiles of this length.
   *
   * @param rows what events look like
   * @throws BadOption if a feature cannot be made of such events or tiles, naming its line
   */
  TiledFeatures tiled(Schema rows, Duration tile) {
    TiledFeatures tiled =
        TiledFeatures.by(entity.toArray(new String[0])).of(rows).every(tile).withEventTime(time);
    for (Line line : features) {
      try {
        tiled = tiled.with(line.name(), line.aggregation(), line.over().toArray(new Trailing[0]));
        // Only the schema tells whether its column is there and fits.
        Schema checked = tiled.tileSchema();
        assert checked.getFieldCount() > 0;
      } catch (IllegalArgumentException e) {
        throw refused(line.line(), String.valueOf(e.getMessage()));
      }
    }
    return tiled;
  }

  /** The columns of the events that are needed. */
  List<String> columns() {
    Stream<String> aggregated =
        features.stream().flatMap(line -> line.aggregation().field().stream());
    return Stream.of(entity.stream(), Stream.of(time), aggregated)
        .flatMap(Function.identity())
        .distinct()
        .toList();
  }

  /** The longest time that all windows and times are multiples of. */
  private long tile(List<Instant> times) {
    long tile = 0;
    for (Line line : features) {
      for (Trailing window : line.over()) {
        tile = window.isBounded() ? commonDivisor(tile, window.millis()) : tile;
      }
    }
    for (Instant time : times) {
      tile = commonDivisor(tile, Math.abs(time.getMillis()));
    }
    return Math.max(tile, 1);
  }

  private static long commonDivisor(long one, long other) {
    return other == 0 ? one : commonDivisor(other, one % other);
  }

  /**
   * The view.
   *
   * @param rows what events look like
   * @throws BadOption if it cannot be made of such events
   */
  FeatureView view(Schema rows) {
    try {
      Instant midnight = Instant.EPOCH;
      FeatureView view =
          FeatureView.named(name, version)
              .of(tiled(rows, List.of(midnight)).asOf(midnight).schema())
              .by(entity.toArray(new String[0]))
              .at("as_of")
              .withOwner(about.owner())
              .withDescription(about.description())
              .withTags(about.tags().toArray(new String[0]));
      view = timeToLive == null ? view : view.withTimeToLive(timeToLive);
      return bucket == null ? view : view.withBucket(bucket);
    } catch (IllegalArgumentException e) {
      throw refused(0, String.valueOf(e.getMessage()));
    }
  }
}
