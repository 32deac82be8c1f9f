package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;

/** Tells elements whose key was found from the missing ones, and gives each its pane back. */
final class SortAnswers extends DoFn<KV<PaneInfo, KV<Row, List<Row>>>, KV<Row, Row>> {
  private static final long serialVersionUID = 1;

  @ProcessElement
  public void sort(@Element KV<PaneInfo, KV<Row, List<Row>>> element, MultiOutputReceiver out) {
    PaneInfo pane = element.getKey();
    Row input = element.getValue().getKey();
    List<Row> rows = element.getValue().getValue();
    if (rows.isEmpty()) {
      out.get(LookupRows.MISSING).builder(input).setPaneInfo(pane).output();
    }
    for (Row row : rows) {
      out.get(LookupRows.FOUND).builder(KV.of(input, row)).setPaneInfo(pane).output();
    }
  }
}
