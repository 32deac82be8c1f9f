package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.schemas.Table;
import org.pharos.schemas.TimeBucket;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.TableClient;

/** A spine with a view's features, each row of which is asked for. */
final class LookUpHistory extends PTransform<PCollection<Row>, PCollection<Row>> {

  private static final long serialVersionUID = 1L;

  private final SpineJoin join;
  private final Table history;
  private final CassandraConnection connection;

  LookUpHistory(SpineJoin join, String keyspace, CassandraConnection connection) {
    this.join = join;
    this.history = FeatureTables.history(keyspace, join.view());
    this.connection = connection;
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> spine) {
    SpineJoin asked = join;
    Table table = history;
    CassandraConnection cluster = connection;
    return spine
        .apply("Ask", ParDo.of(new AsyncRowsFn(() -> new Answers(asked, table, cluster))))
        .setRowSchema(join.result());
  }

  /** Asks the history table, bucket by bucket where it has such, the newest first. */
  private static final class Answers implements AsyncRowsFn.Answers {
    private final SpineJoin join;
    private final HistoryRows rows;
    private final Schema entity;
    private final Schema partition;
    private final TableClient client;

    Answers(SpineJoin join, Table table, CassandraConnection connection) {
      FeatureView view = join.view();
      this.join = join;
      this.rows = new HistoryRows(view, table.rowSchema(), true);
      this.entity = JoinedRows.entitySchema(view);
      // The bucket is computed from an event time in it.
      this.partition =
          Schema.builder().addFields(entity.getFields()).addDateTimeField(view.eventTime()).build();
      this.client = TableClient.open(table, connection);
    }

    @Override
    public CompletableFuture<Row> of(Row row) {
      Row whose = join.entity(entity, row);
      if (whose == null) {
        return CompletableFuture.completedFuture(join.with(row, null));
      }
      long time = join.time(row);
      AsOf rule = join.rule();
      long latest = rule.latest(time);
      return newest(whose, buckets(rule.earliest(time), latest), 0, time)
          .thenApply(found -> join.with(row, found.orElse(null)));
    }

    /** Times in each of the buckets that may have it, the newest first. */
    private List<Instant> buckets(long earliest, long latest) {
      if (client.table().bucket().orElse(null) instanceof TimeBucket bucket) {
        List<Instant> starts =
            new ArrayList<>(
                bucket.between(Instant.ofEpochMilli(earliest), Instant.ofEpochMilli(latest + 1)));
        Collections.reverse(starts);
        return starts;
      }
      return List.of(Instant.ofEpochMilli(latest));
    }

    private CompletableFuture<Optional<Row>> newest(
        Row whose, List<Instant> buckets, int next, long time) {
      if (next == buckets.size()) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      AsOf rule = join.rule();
      List<Object> key = new ArrayList<>(whose.getValues());
      key.add(buckets.get(next));
      return client
          .first(
              Row.withSchema(partition).attachValues(key),
              Instant.ofEpochMilli(rule.earliest(time)),
              Instant.ofEpochMilli(rule.latest(time)),
              row -> rule.isKnown(rows.knownAt(row), time))
          .thenCompose(
              found ->
                  found.isPresent()
                      ? CompletableFuture.completedFuture(found)
                      : newest(whose, buckets, next + 1, time));
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
