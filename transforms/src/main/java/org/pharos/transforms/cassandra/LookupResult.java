package org.pharos.transforms.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LookupRows} found, and what it did not.
 *
 * @param <T> the elements that were looked up
 * @param <R> the rows that were found: Rows or records
 */
public class LookupResult<T, R> implements POutput {
  static final String FOUND = "found";
  static final String ANSWERS = "answers";

  private final PCollection<KV<T, R>> found;
  private final PCollection<KV<PaneInfo, KV<T, WireRows>>> answers;
  private final Coder<T> elements;
  private String step = "Look up";
  private @Nullable PCollection<T> missing;

  LookupResult(
      PCollection<KV<T, R>> found,
      PCollection<KV<PaneInfo, KV<T, WireRows>>> answers,
      Coder<T> elements) {
    this.found = found;
    this.answers = answers;
    this.elements = elements;
  }

  /** The same result. */
  LookupResult(LookupResult<T, R> same) {
    this(same.found, same.answers, same.elements);
  }

  /** Each element with the row that was found, or with each of them. */
  public final PCollection<KV<T, R>> found() {
    return found;
  }

  /**
   * The elements whose key has no row. A step of its own, named after the look-up with {@code
   * missing}, that is there only if this is asked for: batch on Flink writes all answers down once
   * for each of several steps that read them.
   */
  public final PCollection<T> missing() {
    PCollection<T> elementsWithoutRows = missing;
    if (elementsWithoutRows == null) {
      elementsWithoutRows =
          answers.apply(step + " missing", ParDo.of(new MissingKeys<>())).setCoder(elements);
      missing = elementsWithoutRows;
    }
    return elementsWithoutRows;
  }

  @Override
  public final Pipeline getPipeline() {
    return found.getPipeline();
  }

  @Override
  public final Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> outputs = new LinkedHashMap<>();
    outputs.put(new TupleTag<>(FOUND), found);
    outputs.put(new TupleTag<>(ANSWERS), answers);
    return outputs;
  }

  @Override
  public final void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    step = transformName;
  }
}
