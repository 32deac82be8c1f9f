package org.pharos.transforms.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;
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
        .apply("Count in each bundle", ParDo.of(new InBundleFn()))
        .apply("Count by term", Combine.perKey(new Frequencies()))
        .apply("Name terms", MapElements.via(new ToTerm()));
  }

  /**
   * Each distinct term of a bundle, by window, with its frequencies there: a runner that combines
   * by sorting would otherwise sort every word of every document.
   */
  private static final class InBundleFn extends DoFn<DocumentTokens, KV<String, KV<Long, Long>>> {

    private static final long serialVersionUID = 1L;
    private static final int MOST_TERMS = 100_000;

    private final Map<BoundedWindow, Counted> windows = new HashMap<>();
    private int terms;

    @StartBundle
    public void start() {
      windows.clear();
      terms = 0;
    }

    @ProcessElement
    public void process(
        @Element DocumentTokens document,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<KV<String, KV<Long, Long>>> out) {
      Counted counted = windows.computeIfAbsent(window, w -> new Counted());
      terms += counted.add(document, timestamp);
      if (terms > MOST_TERMS) {
        windows.remove(window);
        terms -= counted.frequencies.size();
        counted.forEach(out::output);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      windows.forEach(
          (window, counted) ->
              counted.forEach(term -> context.output(term, counted.earliest, window)));
    }
  }

  /** Terms with (documents, occurrences). */
  private static final class Counted {

    private final Map<String, long[]> frequencies = new HashMap<>();
    private Instant earliest = BoundedWindow.TIMESTAMP_MAX_VALUE;

    /** Returns how many terms are new. */
    int add(DocumentTokens document, Instant timestamp) {
      earliest = timestamp.isBefore(earliest) ? timestamp : earliest;
      int before = frequencies.size();
      Set<String> seen = new HashSet<>();
      for (Token token : document.tokens()) {
        long[] pair = frequencies.computeIfAbsent(token.term(), term -> new long[2]);
        pair[0] += seen.add(token.term()) ? 1 : 0;
        pair[1]++;
      }
      return frequencies.size() - before;
    }

    void forEach(Consumer<KV<String, KV<Long, Long>>> action) {
      frequencies.forEach((term, pair) -> action.accept(KV.of(term, KV.of(pair[0], pair[1]))));
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
