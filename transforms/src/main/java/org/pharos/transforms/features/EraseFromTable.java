package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.DeleteRows;
import org.pharos.transforms.cassandra.LookupRows;
import org.pharos.transforms.cassandra.ReadTable;

/** Entities in, each once; their rows of one table counted, deleted and looked for again. */
final class EraseFromTable extends PTransform<PCollection<Row>, PCollection<Row>> {
  static final String TABLE = "table";
  static final String ROWS_FOUND = "rows_found";
  static final String ROWS_LEFT = EraseEntities.ROWS_LEFT;
  static final String ERASED_AT = "erased_at";

  private static final TupleTag<Boolean> WANTED = new TupleTag<>("wanted");
  private static final TupleTag<Row> PARTITION = new TupleTag<>("partition");
  private static final TupleTag<Long> BEFORE = new TupleTag<>("before");
  private static final TupleTag<Long> AFTER = new TupleTag<>("after");
  private static final long serialVersionUID = 1L;

  private final Table table;
  private final CassandraConnection connection;
  private final Schema receipts;

  EraseFromTable(Table table, CassandraConnection connection, Schema receipts) {
    this.table = table;
    this.connection = connection;
    this.receipts = receipts;
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> entities) {
    Schema entity = entities.getSchema();
    PCollection<Row> partitions = partitions(entities);
    PCollection<KV<Row, Long>> before = rows("Count before", partitions, entity);
    PCollection<KV<Row, Long>> after =
        rows(
            "Look again",
            partitions
                .apply(
                    "When all are deleted",
                    Wait.on(
                        partitions
                            .apply("When all are counted", Wait.on(before))
                            .setRowSchema(partitions.getSchema())
                            .apply("Delete", DeleteRows.of(table).from(connection).partitions())
                            .counts()))
                .setRowSchema(partitions.getSchema()),
            entity);
    return KeyedPCollectionTuple.of(WANTED, wanted(entities))
        .and(BEFORE, before)
        .and(AFTER, after)
        .apply("Bring together", CoGroupByKey.create())
        .apply("Write receipts", ParDo.of(new ReceiptFn(table.qualifiedName(), receipts)))
        .setRowSchema(receipts);
  }

  private static PCollection<KV<Row, Boolean>> wanted(PCollection<Row> entities) {
    return entities
        .apply(
            "Want",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.rows(), TypeDescriptors.booleans()))
                .via(entity -> KV.of(entity, true)))
        .setCoder(KvCoder.of(RowCoder.of(entities.getSchema()), BooleanCoder.of()));
  }

  /** The keys of the partitions that entities have. */
  private PCollection<Row> partitions(PCollection<Row> entities) {
    Schema entity = entities.getSchema();
    List<String> keys = table.partitionKey().stream().map(Column::name).toList();
    if (keys.size() == entity.getFieldCount()) {
      return entities;
    }
    Schema partition = table.rowSchema(keys);
    PCollection<KV<Row, Row>> all =
        entities
            .getPipeline()
            .apply(
                "Read keys of " + table.name(),
                ReadTable.of(table).from(connection).withColumns(keys.toArray(new String[0])))
            .apply(
                "Key by entity",
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.rows(), TypeDescriptors.rows()))
                    .via(row -> KV.of(part(row, entity), row)))
            .setCoder(KvCoder.of(RowCoder.of(entity), RowCoder.of(partition)))
            .apply("Each partition once", Distinct.create());
    return KeyedPCollectionTuple.of(WANTED, wanted(entities))
        .and(PARTITION, all)
        .apply("Find buckets", CoGroupByKey.create())
        .apply("Of these entities", ParDo.of(new WantedFn()))
        .setRowSchema(partition);
  }

  /** How many rows partitions have, by entity; nothing for an entity without rows. */
  private PCollection<KV<Row, Long>> rows(String step, PCollection<Row> partitions, Schema entity) {
    String[] keys = table.partitionKey().stream().map(Column::name).toArray(String[]::new);
    return partitions
        .apply(step, LookupRows.of(table).from(connection).by(keys).withColumns(keys))
        .found()
        .apply(
            step + ": whose",
            MapElements.into(TypeDescriptors.rows()).via(found -> part(found.getKey(), entity)))
        .setRowSchema(entity)
        .apply(step + ": how many", Count.perElement())
        .setCoder(KvCoder.of(RowCoder.of(entity), VarLongCoder.of()));
  }

  private static Row part(Row row, Schema schema) {
    List<Object> values = new ArrayList<>(schema.getFieldCount());
    for (Field field : schema.getFields()) {
      values.add(row.getValue(field.getName()));
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private static final class WantedFn extends DoFn<KV<Row, CoGbkResult>, Row> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Row, CoGbkResult> entity, OutputReceiver<Row> out) {
      if (entity.getValue().getAll(WANTED).iterator().hasNext()) {
        entity.getValue().getAll(PARTITION).forEach(out::output);
      }
    }
  }

  private static final class ReceiptFn extends DoFn<KV<Row, CoGbkResult>, Row> {
    private static final long serialVersionUID = 1L;

    private final String table;
    private final Schema receipts;
    private final Counter found = Metrics.counter(EraseEntities.class, ROWS_FOUND);
    private final Counter left = Metrics.counter(EraseEntities.class, ROWS_LEFT);

    ReceiptFn(String table, Schema receipts) {
      this.table = table;
      this.receipts = receipts;
    }

    @ProcessElement
    public void process(@Element KV<Row, CoGbkResult> entity, OutputReceiver<Row> out) {
      long before = entity.getValue().getOnly(BEFORE, 0L);
      long after = entity.getValue().getOnly(AFTER, 0L);
      found.inc(before);
      left.inc(after);
      out.output(
          Row.withSchema(receipts)
              .addValues(entity.getKey().getValues())
              .addValues(table, before, after, Instant.now())
              .build());
    }
  }
}
