package org.pharos.transforms.text;

import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.schemas.text.Document;
import org.pharos.schemas.text.DocumentTokens;

/**
 * Documents in, each as its tokens out, with their offsets in the text.
 *
 * <pre>{@code
 * documents.apply(TokenizeText.intoWords());
 * documents.apply(TokenizeText.by(LuceneAnalyzer.english()));
 * }</pre>
 *
 * <p>Bounded or unbounded; element by element, so window and timestamp stay, and each document
 * comes out once: one without a text, or without words in it, with an empty list.
 */
public final class TokenizeText
    extends PTransform<PCollection<Document>, PCollection<DocumentTokens>> {

  private static final long serialVersionUID = 1L;

  private final Tokenizer tokenizer;

  private TokenizeText(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Words by the rules of Unicode, in lower case: {@link UnicodeWords#inLowerCase}. */
  public static TokenizeText intoWords() {
    return by(UnicodeWords.inLowerCase());
  }

  public static TokenizeText by(Tokenizer tokenizer) {
    return new TokenizeText(Objects.requireNonNull(tokenizer, "tokenizer"));
  }

  @Override
  public PCollection<DocumentTokens> expand(PCollection<Document> documents) {
    return documents.apply("Tokenize", ParDo.of(new TokenizeFn(tokenizer)));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("tokenizer", tokenizer.toString()).withLabel("Tokenizer"));
  }

  static final class TokenizeFn extends DoFn<Document, DocumentTokens> {

    private static final long serialVersionUID = 1L;

    private final Tokenizer tokenizer;

    private TokenizeFn(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    @ProcessElement
    public void process(@Element Document document, OutputReceiver<DocumentTokens> out) {
      String text = document.text();
      out.output(
          new DocumentTokens(document.id(), text == null ? List.of() : tokenizer.tokenize(text)));
    }

    @Teardown
    public void close() {
      tokenizer.close();
    }
  }
}
