package org.pharos.transforms.text;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.schemas.text.DocumentTokens;
import org.pharos.schemas.text.Term;
import org.pharos.schemas.text.Token;

/**
 * Tokens of documents in, one {@link Term} a distinct token out, per window: in how many documents
 * it stands, and how often in all of them.
 *
 * <p>Every element of the input is a document of its own: the same one twice counts twice. Counting
 * starts before the shuffle where the runner can, so a common word is no hot key.
 */
public final class CountTerms extends PTransform<PCollection<DocumentTokens>, PCollection<Term>> {

  private static final long serialVersionUID = 1L;

  private CountTerms() {}

  public static CountTerms create() {
    return new CountTerms();
  }

  @Override
  public PCollection<Term> expand(PCollection<DocumentTokens> documents) {
    return documents
        .apply("Count in each document", ParDo.of(new InDocumentFn()))
        .apply("Count by term", Combine.perKey(new Frequencies()))
        .apply("Name terms", MapElements.via(new ToTerm()));
  }

  /** Each distinct term of a document with (1, its occurrences there). */
  private static final class InDocumentFn extends DoFn<DocumentTokens, KV<String, KV<Long, Long>>> {

    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element DocumentTokens document, OutputReceiver<KV<String, KV<Long, Long>>> out) {
      Map<String, Long> occurrences = new HashMap<>();
      for (Token token : document.tokens()) {
        occurrences.merge(token.term(), 1L, Long::sum);
      }
      occurrences.forEach((term, count) -> out.output(KV.of(term, KV.of(1L, count))));
    }
  }

  private static final class Frequencies extends Combine.BinaryCombineFn<KV<Long, Long>> {

    private static final long serialVersionUID = 1L;

    @Override
    public KV<Long, Long> apply(KV<Long, Long> left, KV<Long, Long> right) {
      return KV.of(left.getKey() + right.getKey(), left.getValue() + right.getValue());
    }
  }

  private static final class ToTerm extends SimpleFunction<KV<String, KV<Long, Long>>, Term> {

    private static final long serialVersionUID = 1L;

    @Override
    public Term apply(KV<String, KV<Long, Long>> counted) {
      KV<Long, Long> frequencies = counted.getValue();
      return new Term(counted.getKey(), frequencies.getKey(), frequencies.getValue());
    }
  }
}
