package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.TableClient;

/**
 * Features as they are served, without a pipeline: rows of entities in, the same rows with the
 * features of many views out, all views and entities asked for at once.
 *
 * <pre>{@code
 * try (OnlineFeatures online =
 *     OnlineFeatures.of(spending).and(profile).withDefault("spending_purchases", 0L)
 *         .open("shop", connection)) {
 *   List<Row> served = online.read(List.of(customer)).join();
 * }
 * }</pre>
 *
 * <p>The rows have the fields, names, nulls and defaults that {@link JoinPointInTime} gives for the
 * same views with now as the time; what has expired is not served. The field {@code VIEW_TIME} says
 * how fresh a view's features are. To be used by many threads; one session of the connection is
 * shared with all others of the process.
 */
public final class OnlineFeatures implements AutoCloseable {

  private final JoinedRows joined;
  private final LongSupplier clock;
  private final List<TableClient> clients = new ArrayList<>();
  private final List<Schema> entities = new ArrayList<>();
  private final Map<Schema, List<Schema>> schemas = new ConcurrentHashMap<>();

  private OnlineFeatures(
      JoinedRows joined, String keyspace, CassandraConnection connection, LongSupplier clock) {
    this.joined = joined;
    this.clock = clock;
    try {
      for (FeatureView view : joined.views()) {
        clients.add(TableClient.open(FeatureTables.online(keyspace, view), connection));
        entities.add(JoinedRows.entitySchema(view));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Serves the features of a view. */
  public static Views of(FeatureView view) {
    return new Views(JoinedRows.none().and(view));
  }

  /** Which views are served, with which defaults; where they are is missing. */
  public static final class Views {
    private final JoinedRows joined;

    private Views(JoinedRows joined) {
      this.joined = joined;
    }

    /**
     * Serves one view more.
     *
     * @throws IllegalArgumentException if it is there already
     */
    public Views and(FeatureView view) {
      return new Views(joined.and(view));
    }

    /**
     * A value instead of null, where an entity has no row or its feature is null.
     *
     * @param column as it is called in the result, {@code VIEW_FEATURE}
     * @throws IllegalArgumentException if there is no such column or the value is not of its type
     */
    public Views withDefault(String column, Object value) {
      return new Views(joined.withDefault(column, value));
    }

    /**
     * The schema of what is served for rows of a schema.
     *
     * @throws IllegalArgumentException when the rows lack a field of an entity, or the result would
     *     have a field twice
     */
    public Schema schema(Schema rows) {
      return joined.schema(rows, joined.views().size());
    }

    /**
     * A client of the views' online tables.
     *
     * @throws org.pharos.transforms.cassandra.CassandraFailure if the cluster cannot be reached, or
     *     a table is not there
     */
    public OnlineFeatures open(String keyspace, CassandraConnection connection) {
      return new OnlineFeatures(joined, keyspace, connection, System::currentTimeMillis);
    }

    /** The same in a pipeline. */
    public ReadOnline from(String keyspace, CassandraConnection connection) {
      return ReadOnline.of(joined, keyspace, connection);
    }
  }

  static OnlineFeatures open(JoinedRows joined, String keyspace, CassandraConnection connection) {
    return new OnlineFeatures(joined, keyspace, connection, System::currentTimeMillis);
  }

  /** The schema of what is served for rows of a schema; see {@link Views#schema}. */
  public Schema schema(Schema rows) {
    return joined.schema(rows, clients.size());
  }

  /**
   * The features of entities, in their order. A null in a field of an entity finds nothing.
   *
   * @return fails with a {@link org.pharos.transforms.cassandra.CassandraFailure} when one of the
   *     rows cannot be read
   * @throws IllegalArgumentException as {@link #schema}
   */
  public CompletableFuture<List<Row>> read(List<Row> rows) {
    List<CompletableFuture<Row>> asked = rows.stream().map(this::read).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
  }

  /** The features of one entity; see {@link #read(List)}. */
  public CompletableFuture<Row> read(Row row) {
    List<Schema> steps = schemas.computeIfAbsent(row.getSchema(), this::steps);
    List<CompletableFuture<Optional<Row>>> asked = new ArrayList<>(clients.size());
    for (int i = 0; i < clients.size(); i++) {
      Row entity = JoinedRows.entity(joined.views().get(i), entities.get(i), row);
      asked.add(
          entity == null
              ? CompletableFuture.completedFuture(Optional.empty())
              : clients.get(i).find(entity));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              long now = clock.getAsLong();
              Row served = row;
              for (int i = 0; i < asked.size(); i++) {
                served = joined.join(served, steps.get(i), i, holding(i, asked.get(i).join(), now));
              }
              return served;
            });
  }

  // Cassandra counts expiry in whole seconds.
  private @Nullable Row holding(int index, Optional<Row> found, long now) {
    FeatureView view = joined.views().get(index);
    if (found.isEmpty() || view.timeToLive().isEmpty()) {
      return found.orElse(null);
    }
    ReadableInstant at = found.get().getValue(view.eventTime());
    boolean holds = at != null && at.getMillis() >= now - view.timeToLive().get().getMillis();
    return holds ? found.get() : null;
  }

  private List<Schema> steps(Schema rows) {
    List<Schema> steps = new ArrayList<>();
    for (int i = 1; i <= clients.size(); i++) {
      steps.add(joined.schema(rows, i));
    }
    return steps;
  }

  /** Gives the session back. */
  @Override
  public void close() {
    clients.forEach(TableClient::close);
  }
}
