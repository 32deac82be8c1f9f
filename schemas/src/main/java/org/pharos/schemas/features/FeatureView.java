package org.pharos.schemas.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Features that are stated together: of which entity, as of which time, with which types, and how
 * long a statement holds. A view of another version has tables of its own, so versions live side by
 * side until the older one is dropped.
 *
 * <pre>{@code
 * FeatureView spending =
 *     FeatureView.named("spending", 2)
 *         .of(summaries.schema(events))
 *         .by("customer_id")
 *         .at("as_of")
 *         .withTimeToLive(Duration.standardDays(30));
 * }</pre>
 */
public final class FeatureView implements Serializable {

  /**
   * The column of the history that says since when a row was known: it could not be used before.
   */
  public static final String KNOWN_AT = "known_at";

  /** The column of the history that says when a row was really written. */
  public static final String INGESTED_AT = "ingested_at";

  /** The column of the history that parts an entity's rows by time. */
  public static final String BUCKET = "bucket";

  /** Cassandra allows 48 characters, of which version and kind of table need up to 16. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final int HIGHEST_VERSION = 99_999;
  private static final long serialVersionUID = 1L;

  private final String name;
  private final int version;
  private final Schema rows;
  private final List<String> entity;
  private final String eventTime;
  private final @Nullable Duration timeToLive;
  private final @Nullable Duration bucket;
  private final About about;

  /** What is told of a view, and changes nothing. */
  private record About(String owner, String description, List<String> tags)
      implements Serializable {
    static final About NOTHING = new About("", "", List.of());
  }

  private FeatureView(
      String name,
      int version,
      Schema rows,
      List<String> entity,
      String eventTime,
      @Nullable Duration timeToLive,
      @Nullable Duration bucket,
      About about) {
    this.name = name;
    this.version = version;
    this.rows = rows;
    this.entity = entity;
    this.eventTime = eventTime;
    this.timeToLive = timeToLive;
    this.bucket = bucket;
    this.about = about;
  }

  /**
   * A view of this name; what is missing are its rows.
   *
   * @throws IllegalArgumentException unless the name has 1 to 32 small letters, digits and {@code
   *     _}, and the version is 1 to 99,999
   */
  public static Named named(String name, int version) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a view has 1 to 32 small letters, digits and _, the first a letter, but this"
              + " is "
              + name);
    }
    if (version < 1 || version > HIGHEST_VERSION) {
      throw new IllegalArgumentException(
          "view " + name + ": a version is 1 to " + HIGHEST_VERSION + ", not " + version);
    }
    return new Named(name, version);
  }

  /** A view without rows. */
  public record Named(String name, int version) {
    /** Rows of this schema: the entity, the time, and a field a feature. */
    public Rows of(Schema rows) {
      return new Rows(name, version, Objects.requireNonNull(rows, "rows"));
    }
  }

  /** A view without an entity. */
  public record Rows(String name, int version, Schema rows) {
    /** The fields that together say whose features they are. */
    public Entity by(String... fields) {
      return new Entity(name, version, rows, List.of(fields));
    }
  }

  /** A view without a time. */
  public record Entity(String name, int version, Schema rows, List<String> entity) {
    /**
     * The field, a timestamp, that says as of which time the features are stated.
     *
     * @throws IllegalArgumentException when a field is missing, named twice, of a type that does
     *     not fit, or has a name that a table of ours needs; or when no feature is left
     */
    public FeatureView at(String eventTime) {
      return new FeatureView(name, version, rows, entity, eventTime, null, null, About.NOTHING)
          .checked();
    }
  }

  private FeatureView checked() {
    if (entity.isEmpty()) {
      throw refused("an entity needs 1 field or more, but has none");
    }
    List<String> keys = new ArrayList<>(entity);
    keys.add(eventTime);
    for (String key : keys) {
      if (!rows.hasField(key)) {
        throw refused("the rows have no field " + key + ", only " + rows.getFieldNames());
      }
    }
    if (new HashSet<>(keys).size() < keys.size()) {
      throw refused("a field is named twice in the entity and the time: " + keys);
    }
    if (rows.getField(eventTime).getType().getTypeName() != TypeName.DATETIME) {
      throw refused(
          "the time "
              + eventTime
              + " must be a timestamp, but is "
              + rows.getField(eventTime).getType().getTypeName());
    }
    for (String ours : List.of(KNOWN_AT, INGESTED_AT, BUCKET)) {
      if (rows.hasField(ours)) {
        throw refused("no field may be called " + ours + ": the history has such a column");
      }
    }
    if (features().isEmpty()) {
      throw refused("there is no feature besides " + keys);
    }
    return this;
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("view " + qualifiedName() + ": " + why);
  }

  /**
   * How long a statement holds: online it expires, and as of a time that is later by more than this
   * it does not count. Default: for ever.
   *
   * @throws IllegalArgumentException if it is shorter than a second
   */
  public FeatureView withTimeToLive(Duration time) {
    if (time.isShorterThan(Duration.standardSeconds(1))) {
      throw refused("a time to live is 1 second or more, not " + time);
    }
    return new FeatureView(name, version, rows, entity, eventTime, time, bucket, about);
  }

  /**
   * Parts the history of an entity by time, for entities with more rows than a partition should
   * have ({@link org.pharos.schemas.PartitionPlanner}). Default: one partition an entity.
   *
   * @throws IllegalArgumentException if it is shorter than a second
   */
  public FeatureView withBucket(Duration width) {
    if (width.isShorterThan(Duration.standardSeconds(1))) {
      throw refused("a bucket is 1 second or more, not " + width);
    }
    return new FeatureView(name, version, rows, entity, eventTime, timeToLive, width, about);
  }

  /** Who answers for the view. Default: nobody, the empty text. */
  public FeatureView withOwner(String who) {
    return with(new About(Objects.requireNonNull(who, "who"), about.description, about.tags));
  }

  /** What the features are about, for people. Default: the empty text. */
  public FeatureView withDescription(String text) {
    return with(new About(about.owner, Objects.requireNonNull(text, "text"), about.tags));
  }

  /** Words to find the view by. Default: none. */
  public FeatureView withTags(String... words) {
    return with(
        new About(about.owner, about.description, Stream.of(words).sorted().distinct().toList()));
  }

  private FeatureView with(About told) {
    return new FeatureView(name, version, rows, entity, eventTime, timeToLive, bucket, told);
  }

  public String name() {
    return name;
  }

  public int version() {
    return version;
  }

  /** Name and version, as tables are called: {@code spending_v2}. */
  public String qualifiedName() {
    return name + "_v" + version;
  }

  /** The schema of rows: entity, time and features, in the order they were given. */
  public Schema rows() {
    return rows;
  }

  /** The fields of the entity. */
  public List<String> entity() {
    return entity;
  }

  /** The field of the time as of which features are stated. */
  public String eventTime() {
    return eventTime;
  }

  /** The fields of the features. */
  public List<Field> features() {
    return rows.getFields().stream()
        .filter(field -> !entity.contains(field.getName()) && !field.getName().equals(eventTime))
        .toList();
  }

  /** How long a statement holds; empty for ever. */
  public Optional<Duration> timeToLive() {
    return Optional.ofNullable(timeToLive);
  }

  /** The width of the history's buckets; empty for none. */
  public Optional<Duration> bucket() {
    return Optional.ofNullable(bucket);
  }

  /** Who answers for the view; empty for nobody. */
  public String owner() {
    return about.owner;
  }

  /** What the features are about; empty if nothing was said. */
  public String description() {
    return about.description;
  }

  /** Words to find the view by, each once, in their natural order. */
  public List<String> tags() {
    return about.tags;
  }

  @Override
  public String toString() {
    return qualifiedName();
  }
}
