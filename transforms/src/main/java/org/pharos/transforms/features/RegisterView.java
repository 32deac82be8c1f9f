package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.TableClient;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * Nothing in; a view entered into the registry, the table {@link FeatureTables#registry}, beside
 * what builds or follows its features.
 *
 * <p>A version that is registered keeps its entity, time, features, types and buckets, for its
 * tables have them: if the view has others the job fails, naming what differs. Owner, description,
 * tags and time to live may change, and then a further entry says who changed them and when. What
 * is registered as it is stays as it is, so repeating it is safe.
 */
public final class RegisterView extends PTransform<PBegin, WriteResult> {
  private static final long serialVersionUID = 1L;

  private final FeatureView view;
  private final String who;
  private final Table registry;
  private final CassandraConnection connection;

  private RegisterView(
      FeatureView view, String who, Table registry, CassandraConnection connection) {
    this.view = view;
    this.who = who;
    this.registry = registry;
    this.connection = connection;
  }

  /**
   * Registers a view in a keyspace.
   *
   * @param who registers it
   * @throws IllegalArgumentException if nobody does
   */
  public static RegisterView of(
      FeatureView view, String who, String keyspace, CassandraConnection connection) {
    if (who.isBlank()) {
      throw new IllegalArgumentException("say who registers view " + view);
    }
    return new RegisterView(
        view,
        who,
        FeatureTables.registry(keyspace),
        Objects.requireNonNull(connection, "connection"));
  }

  @Override
  public WriteResult expand(PBegin begin) {
    return begin
        .apply("Begin", Create.of(view.version()).withCoder(VarIntCoder.of()))
        .apply("Compare with registry", ParDo.of(new EntryFn(view, who, registry, connection)))
        .setRowSchema(registry.rowSchema())
        .apply("Enter", WriteTable.of(registry).to(connection));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("view", view.qualifiedName()).withLabel("View"))
        .add(DisplayData.item("who", who).withLabel("Who registers it"));
  }

  /**
   * What the registry says of a view, in the order of its columns behind the key and the person.
   */
  private record Entry(Map<String, @Nullable Object> fixed, Map<String, @Nullable Object> told)
      implements Serializable {

    static Entry of(FeatureView view) {
      Map<String, @Nullable Object> fixed = new HashMap<>();
      fixed.put("entity", view.entity());
      fixed.put("event_time", view.eventTime());
      fixed.put("features", FeatureTables.featureTypes(view));
      fixed.put("bucket_seconds", seconds(view.bucket()));
      Map<String, @Nullable Object> told = new HashMap<>();
      told.put("ttl_seconds", seconds(view.timeToLive()));
      told.put("owner", view.owner());
      told.put("description", view.description());
      told.put("tags", view.tags());
      return new Entry(fixed, told);
    }

    private static @Nullable Long seconds(Optional<Duration> time) {
      return time.map(Duration::getStandardSeconds).orElse(null);
    }

    private static boolean isIn(Row row, String column, @Nullable Object value) {
      Object there = row.getValue(column);
      return Objects.equals(
          there instanceof Iterable<?> many ? copy(many) : there,
          value instanceof Iterable<?> many ? copy(many) : value);
    }

    private static List<Object> copy(Iterable<?> many) {
      List<Object> copy = new ArrayList<>();
      many.forEach(copy::add);
      return copy;
    }

    /** The columns that have another value in a row. */
    static List<String> differing(Map<String, @Nullable Object> values, Row row) {
      return values.entrySet().stream()
          .filter(each -> !isIn(row, each.getKey(), each.getValue()))
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }
  }

  private static final class EntryFn extends DoFn<Integer, Row> {
    private static final long serialVersionUID = 1L;

    private final FeatureView view;
    private final String who;
    private final Table registry;
    private final CassandraConnection connection;

    EntryFn(FeatureView view, String who, Table registry, CassandraConnection connection) {
      this.view = view;
      this.who = who;
      this.registry = registry;
      this.connection = connection;
    }

    @ProcessElement
    public void process(@Element Integer version, OutputReceiver<Row> out) {
      Entry entry = Entry.of(view);
      Optional<Row> newest = newest(version);
      if (newest.isPresent()) {
        checkFixed(entry, newest.get());
        if (Entry.differing(entry.told(), newest.get()).isEmpty()) {
          return;
        }
      }
      Map<String, @Nullable Object> values = new HashMap<>(entry.fixed());
      values.putAll(entry.told());
      values.put("name", view.name());
      values.put(FeatureTables.VERSION, version);
      values.put("registered_at", Instant.now());
      values.put("registered_by", who);
      Schema schema = registry.rowSchema();
      List<@Nullable Object> row = new ArrayList<>(schema.getFieldCount());
      schema.getFieldNames().forEach(column -> row.add(values.get(column)));
      out.output(Row.withSchema(schema).attachValues(row));
    }

    private Optional<Row> newest(int version) {
      Schema name = Schema.builder().addStringField("name").build();
      try (TableClient client = TableClient.open(registry, connection)) {
        return client
            .first(
                Row.withSchema(name).addValue(view.name()).build(), version, version, row -> true)
            .join();
      }
    }

    private void checkFixed(Entry entry, Row row) {
      List<String> differing = Entry.differing(entry.fixed(), row);
      if (!differing.isEmpty()) {
        String column = differing.get(0);
        throw new IllegalArgumentException(
            "view "
                + view
                + " was registered by "
                + row.getString("registered_by")
                + " with another "
                + column
                + ", "
                + row.getValue(column)
                + ", where it has "
                + entry.fixed().get(column)
                + ": give it another version");
      }
    }
  }
}
