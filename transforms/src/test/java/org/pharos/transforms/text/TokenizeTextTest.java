package org.pharos.transforms.text;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.text.Document;
import org.pharos.schemas.text.DocumentTokens;
import org.pharos.schemas.text.Term;
import org.pharos.schemas.text.Token;

class TokenizeTextTest {

  private static final List<Document> DOCUMENTS =
      List.of(
          new Document("1", "A title", "Pie, pie!", Map.of("language", "en")),
          Document.of("2", "Yum pie"),
          Document.of("3", "..."),
          new Document("4", null, null, null));

  private final Pipeline pipeline = Pipeline.create();

  @Test
  void every_document_comes_out_once_with_its_words() {
    PAssert.that(pipeline.apply(Create.of(DOCUMENTS)).apply(TokenizeText.intoWords()))
        .containsInAnyOrder(
            new DocumentTokens("1", List.of(new Token("pie", 0, 3), new Token("pie", 5, 8))),
            new DocumentTokens("2", List.of(new Token("yum", 0, 3), new Token("pie", 4, 7))),
            new DocumentTokens("3", List.of()),
            new DocumentTokens("4", List.of()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_tokenizer_of_lucene_takes_the_place_of_the_words() {
    PAssert.that(
            pipeline
                .apply(Create.of(Document.of("1", "The running dogs")))
                .apply(TokenizeText.by(LuceneAnalyzer.english())))
        .containsInAnyOrder(
            new DocumentTokens("1", List.of(new Token("run", 4, 11), new Token("dog", 12, 16))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void terms_are_counted_by_document_and_by_occurrence() {
    PAssert.that(
            pipeline
                .apply(Create.of(DOCUMENTS))
                .apply(TokenizeText.intoWords())
                .apply(CountTerms.create()))
        .containsInAnyOrder(new Term("pie", 2, 3), new Term("yum", 1, 1));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void terms_are_counted_in_each_window() {
    Instant first = new Instant(0);
    Instant second = new Instant(60_000);
    PCollection<Term> terms =
        pipeline
            .apply(
                Create.timestamped(
                    TimestampedValue.of(Document.of("1", "a b"), first),
                    TimestampedValue.of(Document.of("2", "a a"), second),
                    TimestampedValue.of(Document.of("3", "a"), second.plus(1))))
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(TokenizeText.intoWords())
            .apply(CountTerms.create());
    PAssert.that(terms)
        .inWindow(new IntervalWindow(first, second))
        .containsInAnyOrder(new Term("a", 1, 1), new Term("b", 1, 1));
    PAssert.that(terms)
        .inWindow(new IntervalWindow(second, second.plus(60_000)))
        .containsInAnyOrder(new Term("a", 2, 3));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void nothing_in_gives_nothing_out() {
    PAssert.that(
            pipeline
                .apply(Create.empty(TypeDescriptor.of(Document.class)))
                .apply(TokenizeText.intoWords())
                .apply(CountTerms.create()))
        .empty();
    pipeline.run().waitUntilFinish();
  }
}
