package org.pharos.transforms.features;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;

/** A spine with a view's features, both grouped by entity. */
final class MergeHistory extends PTransform<PCollection<Row>, PCollection<Row>> {

  private static final long serialVersionUID = 1L;

  private final SpineJoin join;
  private final transient PCollection<Row> history;

  MergeHistory(SpineJoin join, PCollection<Row> history) {
    this.join = join;
    this.history = history;
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> spine) {
    HistoryRows rows = HistoryRows.of(join.view(), history, join.rule().known());
    PCollectionTuple grouped =
        spine.apply("Group by entity", new GroupByEntity(join, rows, history));
    return PCollectionList.of(
            grouped
                .get(GroupByEntity.TOGETHER)
                .apply("Find what holds", ParDo.of(new MergeFn(join, rows)))
                .setRowSchema(join.result()))
        .and(
            grouped
                .get(GroupByEntity.NOBODY)
                .apply("Find nothing", ParDo.of(new NothingFn(join)))
                .setRowSchema(join.result()))
        .apply("Lose no row", Flatten.pCollections())
        .setRowSchema(join.result());
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
      AsOf.History held = join.rule().history(GroupByEntity.statements(entity.getValue(), rows));
      for (Row row : entity.getValue().getAll(GroupByEntity.SPINE)) {
        AsOf.Statement statement = held.at(join.time(row));
        out.output(join.with(row, statement == null ? null : statement.row()));
      }
    }
  }

  private static final class NothingFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final SpineJoin join;

    NothingFn(SpineJoin join) {
      this.join = join;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<Row> out) {
      out.output(join.with(row, null));
    }
  }
}
