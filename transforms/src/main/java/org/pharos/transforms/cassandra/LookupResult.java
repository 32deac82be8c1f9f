package org.pharos.transforms.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What {@link LookupRows} found, and what it did not.
 *
 * @param <T> the elements that were looked up
 * @param <R> the rows that were found: Rows or records
 */
public class LookupResult<T, R> implements POutput {
  static final String FOUND = "found";
  static final String MISSING = "missing";

  private final Pipeline pipeline;
  private final PCollection<KV<T, R>> found;
  private final PCollection<T> missing;

  LookupResult(Pipeline pipeline, PCollection<KV<T, R>> found, PCollection<T> missing) {
    this.pipeline = pipeline;
    this.found = found;
    this.missing = missing;
  }

  /** Each element with the row that was found, or with each of them. */
  public final PCollection<KV<T, R>> found() {
    return found;
  }

  /** The elements whose key has no row. */
  public final PCollection<T> missing() {
    return missing;
  }

  @Override
  public final Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public final Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> outputs = new LinkedHashMap<>();
    outputs.put(new TupleTag<>(FOUND), found);
    outputs.put(new TupleTag<>(MISSING), missing);
    return outputs;
  }

  @Override
  public final void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    // The collections have their coders.
  }
}
