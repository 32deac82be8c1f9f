package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/**
 * Rows of a history by entity: those of one that come one after the other, as they do out of a
 * table, are one element. What is shuffled costs by the element.
 */
final class HistoryRunsFn extends DoFn<Row, KV<Row, List<Row>>> {
  private static final long serialVersionUID = 1L;

  /** Bounds what is held of an entity. */
  private static final int LONGEST = 1_000;

  private final HistoryRows rows;
  private final Schema entity;
  private transient Map<BoundedWindow, Run> runs = new HashMap<>();

  HistoryRunsFn(HistoryRows rows, Schema entity) {
    this.rows = rows;
    this.entity = entity;
  }

  /** The last rows of a window, all of one entity; as of the first of them. */
  private record Run(Row entity, Instant at, List<Row> rows) {
    boolean goesOn(Row whose) {
      return rows.size() < LONGEST && entity.getValues().equals(whose.getValues());
    }

    KV<Row, List<Row>> element() {
      return KV.of(entity, rows);
    }
  }

  @StartBundle
  public void start() {
    runs = new HashMap<>();
  }

  @ProcessElement
  public void process(
      @Element Row row,
      @Timestamp Instant at,
      BoundedWindow window,
      OutputReceiver<KV<Row, List<Row>>> out) {
    Row whose = rows.entity(entity, row);
    Run run = runs.get(window);
    if (run == null || !run.goesOn(whose)) {
      if (run != null) {
        out.output(run.element());
      }
      run = new Run(whose, at, new ArrayList<>());
      runs.put(window, run);
    }
    run.rows().add(row);
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    runs.forEach((window, run) -> context.output(run.element(), run.at(), window));
    runs.clear();
  }
}
