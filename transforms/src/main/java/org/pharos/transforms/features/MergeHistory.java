package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** A spine with a view's features, both grouped by entity. */
final class MergeHistory extends PTransform<PCollection<Row>, PCollection<Row>> {

  private static final TupleTag<Row> SPINE = new TupleTag<>("spine");
  private static final TupleTag<Row> HISTORY = new TupleTag<>("history");
  private static final TupleTag<KV<Row, Row>> KEYED = new TupleTag<>("keyed");
  private static final TupleTag<Row> NOBODY = new TupleTag<>("nobody");
  private static final long serialVersionUID = 1L;

  private final SpineJoin join;
  private final transient PCollection<Row> history;

  MergeHistory(SpineJoin join, PCollection<Row> history) {
    this.join = join;
    this.history = history;
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> spine) {
    if (!history.hasSchema()) {
      throw new IllegalArgumentException(
          "the history of view " + join.view() + " needs a schema, but has none");
    }
    Schema entity = JoinedRows.entitySchema(join.view());
    HistoryRows rows = new HistoryRows(join.view(), history.getSchema(), join.rule().known());
    PCollectionTuple keyed =
        spine.apply(
            "Key spine by entity",
            ParDo.of(new KeySpineFn(join, entity)).withOutputTags(KEYED, TupleTagList.of(NOBODY)));
    PCollection<Row> merged =
        KeyedPCollectionTuple.of(
                SPINE,
                keyed
                    .get(KEYED)
                    .setCoder(KvCoder.of(RowCoder.of(entity), RowCoder.of(spine.getSchema()))))
            .and(
                HISTORY,
                history
                    .apply("Key history by entity", ParDo.of(new KeyHistoryFn(rows, entity)))
                    .setCoder(KvCoder.of(RowCoder.of(entity), RowCoder.of(history.getSchema()))))
            .apply("Group by entity", CoGroupByKey.create())
            .apply("Find what holds", ParDo.of(new MergeFn(join, rows)))
            .setRowSchema(join.result());
    return PCollectionList.of(merged)
        .and(keyed.get(NOBODY).setRowSchema(join.result()))
        .apply("Lose no row", Flatten.pCollections())
        .setRowSchema(join.result());
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
        out.get(NOBODY).output(join.with(row, null));
      } else {
        out.get(KEYED).output(KV.of(entity, row));
      }
    }
  }

  private static final class KeyHistoryFn extends DoFn<Row, KV<Row, Row>> {
    private static final long serialVersionUID = 1L;

    private final HistoryRows rows;
    private final Schema schema;

    KeyHistoryFn(HistoryRows rows, Schema schema) {
      this.rows = rows;
      this.schema = schema;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<KV<Row, Row>> out) {
      out.output(KV.of(rows.entity(schema, row), row));
    }
  }

  /** Each row of an entity's spine with what holds at its time. */
  private static final class MergeFn extends DoFn<KV<Row, CoGbkResult>, Row> {
    private static final long serialVersionUID = 1L;

    private final SpineJoin join;
    private final HistoryRows rows;

    MergeFn(SpineJoin join, HistoryRows rows) {
      this.join = join;
      this.rows = rows;
    }

    @ProcessElement
    public void process(@Element KV<Row, CoGbkResult> entity, OutputReceiver<Row> out) {
      List<AsOf.Statement> statements = new ArrayList<>();
      for (Row row : entity.getValue().getAll(HISTORY)) {
        statements.add(rows.statement(row));
      }
      AsOf.History held = join.rule().history(statements);
      for (Row row : entity.getValue().getAll(SPINE)) {
        AsOf.Statement statement = held.at(join.time(row));
        out.output(join.with(row, statement == null ? null : statement.row()));
      }
    }
  }
}
