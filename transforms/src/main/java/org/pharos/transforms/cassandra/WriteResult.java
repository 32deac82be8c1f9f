package org.pharos.transforms.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * What a write gives back. Each of its collections has the windows of the input, and every element
 * the timestamp, window and pane of the row it tells about.
 */
public final class WriteResult implements POutput {
  private final Pipeline pipeline;
  private final PCollection<WriteCounts> counts;
  private final @Nullable PCollection<LwtOutcome> outcomes;
  private final PCollection<Row> unknown;

  WriteResult(
      PCollection<WriteCounts> counts,
      @Nullable PCollection<LwtOutcome> outcomes,
      PCollection<Row> unknown) {
    this.pipeline = counts.getPipeline();
    this.counts = counts;
    this.outcomes = outcomes;
    this.unknown = unknown;
  }

  /**
   * How many rows of each window were written, rejected or are unknown: one element a window and
   * pane, none for a window without rows. {@code Wait.on(result.counts())} waits for the writes.
   */
  public PCollection<WriteCounts> counts() {
    return counts;
  }

  /**
   * What became of each conditional write.
   *
   * @throws IllegalStateException if the write had no condition
   */
  public PCollection<LwtOutcome> outcomes() {
    if (outcomes == null) {
      throw new IllegalStateException(
          "only conditional writes have outcomes: ifNotExists(), ifExists() or ifMatches(...)");
    }
    return outcomes;
  }

  /**
   * The rows of writes that cannot be repeated (counters, adding to a list, conditional writes) and
   * whose answer was lost: they may have been written or not. Empty for all other writes.
   */
  public PCollection<Row> unknown() {
    return unknown;
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> all = new LinkedHashMap<>();
    all.put(new TupleTag<>("counts"), counts);
    all.put(new TupleTag<>("unknown"), unknown);
    if (outcomes != null) {
      all.put(new TupleTag<>("outcomes"), outcomes);
    }
    return all;
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
