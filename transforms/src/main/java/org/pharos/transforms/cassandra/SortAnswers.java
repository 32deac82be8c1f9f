package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;

/** Tells elements whose key was found from the missing ones, and gives each its pane back. */
final class SortAnswers<T, R> extends DoFn<KV<PaneInfo, KV<T, List<Row>>>, KV<T, R>> {
  private static final long serialVersionUID = 1;

  private final SerializableFunction<Row, R> convert;
  private final TupleTag<KV<T, R>> found;
  private final TupleTag<T> missing;

  SortAnswers(SerializableFunction<Row, R> convert, TupleTag<KV<T, R>> found, TupleTag<T> missing) {
    this.convert = convert;
    this.found = found;
    this.missing = missing;
  }

  @ProcessElement
  public void sort(@Element KV<PaneInfo, KV<T, List<Row>>> element, MultiOutputReceiver out) {
    PaneInfo pane = element.getKey();
    T input = element.getValue().getKey();
    List<Row> rows = element.getValue().getValue();
    if (rows.isEmpty()) {
      out.get(missing).builder(input).setPaneInfo(pane).output();
    }
    for (Row row : rows) {
      out.get(found).builder(KV.of(input, convert.apply(row))).setPaneInfo(pane).output();
    }
  }
}
