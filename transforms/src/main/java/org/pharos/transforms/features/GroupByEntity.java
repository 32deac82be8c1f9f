package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Brings the rows of a spine and of a view's history together, by entity. */
final class GroupByEntity extends PTransform<PCollection<Row>, PCollectionTuple> {

  /** The rows of each entity, by {@link #SPINE} and as {@link #statements} tells. */
  static final TupleTag<KV<Row, CoGbkResult>> TOGETHER = new TupleTag<>("together");

  /** Rows of the spine that say no entity or no time. */
  static final TupleTag<Row> NOBODY = new TupleTag<>("nobody");

  static final TupleTag<Row> SPINE = new TupleTag<>("spine");

  private static final TupleTag<List<Row>> HISTORY = new TupleTag<>("history");

  private static final TupleTag<KV<Row, Row>> KEYED = new TupleTag<>("keyed");
  private static final long serialVersionUID = 1L;

  private final SpineJoin join;
  private final HistoryRows rows;
  private final transient PCollection<Row> history;

  GroupByEntity(SpineJoin join, HistoryRows rows, PCollection<Row> history) {
    this.join = join;
    this.rows = rows;
    this.history = history;
  }

  @Override
  public PCollectionTuple expand(PCollection<Row> spine) {
    Schema entity = JoinedRows.entitySchema(join.view());
    PCollectionTuple keyed =
        spine.apply(
            "Key spine by entity",
            ParDo.of(new KeySpineFn(join, entity)).withOutputTags(KEYED, TupleTagList.of(NOBODY)));
    PCollection<KV<Row, CoGbkResult>> together =
        KeyedPCollectionTuple.of(
                SPINE,
                keyed
                    .get(KEYED)
                    .setCoder(KvCoder.of(RowCoder.of(entity), RowCoder.of(spine.getSchema()))))
            .and(
                HISTORY,
                history
                    .apply("Key history by entity", ParDo.of(new HistoryRunsFn(rows, entity)))
                    .setCoder(
                        KvCoder.of(
                            RowCoder.of(entity), ListCoder.of(RowCoder.of(history.getSchema())))))
            .apply("Group", CoGroupByKey.create());
    return PCollectionTuple.of(TOGETHER, together)
        .and(NOBODY, keyed.get(NOBODY).setRowSchema(spine.getSchema()));
  }

  /** What an entity's history states, in no order. */
  static List<AsOf.Statement> statements(CoGbkResult together, HistoryRows rows) {
    List<AsOf.Statement> statements = new ArrayList<>();
    for (List<Row> run : together.getAll(HISTORY)) {
      run.forEach(row -> statements.add(rows.statement(row)));
    }
    return statements;
  }

  /** Rows of the spine by entity; one without goes its own way. */
  private static final class KeySpineFn extends DoFn<Row, KV<Row, Row>> {
    private static final long serialVersionUID = 1L;

    private final SpineJoin join;
    private final Schema schema;

    KeySpineFn(SpineJoin join, Schema schema) {
      this.join = join;
      this.schema = schema;
    }

    @ProcessElement
    public void process(@Element Row row, MultiOutputReceiver out) {
      Row entity = join.entity(schema, row);
      if (entity == null) {
        out.get(NOBODY).output(row);
      } else {
        out.get(KEYED).output(KV.of(entity, row));
      }
    }
  }
}
