package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Features over long windows, made of short tiles: the events of an entity are aggregated once, a
 * tile at a time, into states that are kept in a table; features as of any tile's end are merged
 * from the states of the tiles in the window. So a window of 30 days costs as many states as it has
 * tiles, however many events there were, and a day more costs a day's tiles.
 *
 * <pre>{@code
 * TiledFeatures spending =
 *     TiledFeatures.by("customer_id")
 *         .of(purchases.getSchema())
 *         .every(Duration.standardHours(1))
 *         .withEventTime("sold_at")
 *         .with("spend", Sum.of("price"), Trailing.days(1), Trailing.days(30))
 *         .with("products", CountDistinct.of("product_id"), Trailing.days(30));
 * Table tiles =
 *     FeatureTables.history(
 *         "shop", "spending_tiles", spending.tileSchema(), spending.entity(), TiledFeatures.TILE_END);
 *
 * purchases.apply(spending.tiles()).apply(WriteTable.of(tiles).to(connection));
 * pipeline
 *     .apply(ReadTable.of(tiles).from(connection))
 *     .apply(spending.asOf(Instant.parse("1998-07-01T00:00:00Z")));
 * }</pre>
 *
 * <p>The features are those that {@link SummarizeEvents} gives for the same definition and time, to
 * the last bit where the aggregation is exact. A tile has the events after its begin until its end,
 * which belongs to it; tiles are aligned to 1970-01-01T00:00:00Z.
 */
public final class TiledFeatures implements Serializable {

  /** The column that says when a tile ends. */
  public static final String TILE_END = "tile_end";

  private static final long serialVersionUID = 1L;

  private final Schema events;
  private final List<String> entity;
  private final long tile;
  private final @Nullable String eventTime;
  // What tiles have a state of, and what features are merged from them: index into the former.
  private final List<Feature> states;
  private final List<Feature> features;
  private final List<Integer> stateOf;

  private TiledFeatures(
      Schema events,
      List<String> entity,
      long tile,
      @Nullable String eventTime,
      List<Feature> states,
      List<Feature> features,
      List<Integer> stateOf) {
    this.events = events;
    this.entity = entity;
    this.tile = tile;
    this.eventTime = eventTime;
    this.states = states;
    this.features = features;
    this.stateOf = stateOf;
  }

  /** The fields that together say whose event it is. */
  public static Entity by(String... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("an entity needs 1 field or more, but has none");
    }
    return new Entity(List.of(fields));
  }

  /** Whose events are tiled; what is missing is what they look like. */
  public static final class Entity {
    private final List<String> fields;

    private Entity(List<String> fields) {
      this.fields = fields;
    }

    /** Events of this schema. */
    public Events of(Schema events) {
      return new Events(fields, Objects.requireNonNull(events, "events"));
    }
  }

  /** Which events are tiled; what is missing is the length of a tile. */
  public static final class Events {
    private final List<String> fields;
    private final Schema events;

    private Events(List<String> fields, Schema events) {
      this.fields = fields;
      this.events = events;
    }

    /**
     * How long a tile is: windows, and the times at which features can be stated, are multiples.
     *
     * @throws IllegalArgumentException if it is shorter than a millisecond
     */
    public TiledFeatures every(Duration tile) {
      return new TiledFeatures(
          events, fields, Trailing.of(tile).millis(), null, List.of(), List.of(), List.of());
    }
  }

  /**
   * Adds features, one a window, named as {@link SummarizeEvents#with} names them; tiles get a
   * column of the name with the state.
   *
   * @throws IllegalArgumentException if there is such a column already, no window is given, or one
   *     is no multiple of a tile
   */
  public TiledFeatures with(String name, Aggregation aggregation, Trailing... over) {
    if (over.length == 0) {
      throw new IllegalArgumentException(
          "feature " + name + ": over which window? Trailing.all() is one");
    }
    for (Trailing window : over) {
      if (window.isBounded() && window.millis() % tile != 0) {
        throw new IllegalArgumentException(
            "feature "
                + name
                + ": a window of "
                + window.label()
                + " is no multiple of a tile of "
                + new Trailing(tile).label());
      }
    }
    List<String> taken = new ArrayList<>(entity);
    taken.add(TILE_END);
    List<Integer> indices = new ArrayList<>(stateOf);
    List<Feature> more = Feature.of(name, aggregation, over);
    more.forEach(each -> indices.add(states.size()));
    return new TiledFeatures(
        events,
        entity,
        tile,
        eventTime,
        Feature.join(states, Feature.of(name, aggregation), taken),
        Feature.join(features, more, taken),
        indices);
  }

  /** The field, a timestamp, that says when an event happened. Default: its element's timestamp. */
  public TiledFeatures withEventTime(String field) {
    return new TiledFeatures(
        events, entity, tile, Objects.requireNonNull(field, "field"), states, features, stateOf);
  }

  /** Events in, tiles out: rows of {@link #tileSchema}. */
  public TileEvents tiles() {
    return TileEvents.of(this);
  }

  /**
   * Tiles in, features out, as they were known at a time.
   *
   * @throws IllegalArgumentException if no tile ends then
   */
  public SummarizeTiles asOf(Instant time) {
    checkEnd(time);
    return SummarizeTiles.of(this, time);
  }

  /**
   * Whether a tile ends then.
   *
   * @throws IllegalArgumentException if not
   */
  void checkEnd(Instant time) {
    if (Math.floorMod(time.getMillis(), tile) != 0) {
      throw new IllegalArgumentException(
          "features can be stated when a tile ends, every "
              + new Trailing(tile).label()
              + ", but not at "
              + time);
    }
  }

  /** Events of a stream in, features out whenever they change. */
  public RunningFeatures running() {
    return RunningFeatures.of(this);
  }

  /** The fields of the entity. */
  public List<String> entity() {
    return entity;
  }

  /**
   * The schema of tiles: the entity, {@link #TILE_END}, and a state each.
   *
   * @throws IllegalArgumentException when a field does not exist or its type does not fit
   */
  public Schema tileSchema() {
    Schema.Builder tiles = Schema.builder().addFields(keySchema().getFields());
    for (Field state : stateLayout().states().getFields()) {
      tiles.addField(state);
    }
    return tiles.build();
  }

  /** The entity and the tile's end. */
  Schema keySchema() {
    return Schema.builder()
        .addFields(stateLayout().entity().getFields())
        .addDateTimeField(TILE_END)
        .build();
  }

  /** The layout of the states of a tile. */
  FeatureLayout stateLayout() {
    return layout(states);
  }

  /** The layout of the features. */
  FeatureLayout featureLayout() {
    return layout(features);
  }

  private FeatureLayout layout(List<Feature> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("there is no feature to compute: add one by with(...)");
    }
    return new FeatureLayout(events, entity, eventTime, columns);
  }

  /** The columns of tiles that features are merged from, in the order of the features. */
  List<String> stateNames() {
    return stateOf.stream().map(index -> states.get(index).name()).toList();
  }

  /** The state that each feature is merged from. */
  int[] stateOf() {
    return stateOf.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Whether events look as they were defined.
   *
   * @throws IllegalArgumentException if not
   */
  void checkEvents(PCollection<?> found) {
    if (!found.hasSchema() || !found.getSchema().equivalent(events)) {
      throw new IllegalArgumentException(
          "tiles were defined for events of "
              + events.getFieldNames()
              + ", but "
              + found.getName()
              + " has "
              + (found.hasSchema() ? "the schema " + found.getSchema() : "no schema"));
    }
  }

  /**
   * Whether tiles have all that they were defined to have, in whatever order.
   *
   * @throws IllegalArgumentException if not
   */
  void checkTiles(Schema found) {
    Stream.concat(keySchema().getFieldNames().stream(), stateNames().stream())
        .filter(name -> !found.hasField(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "tiles have no column " + name + ", only " + found.getFieldNames());
            });
  }

  /** When the tile of an event ends: the first multiple of a tile that is not before it. */
  Instant end(Instant event) {
    return Instant.ofEpochMilli(-Math.floorDiv(-event.getMillis(), tile) * tile);
  }

  @Override
  public String toString() {
    return features.stream().map(Feature::toString).collect(Collectors.joining(", "))
        + " of tiles of "
        + new Trailing(tile).label();
  }
}
