package org.pharos.transforms.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.pharos.schemas.text.Token;

/** An open analyzer. Apart from {@link LuceneAnalyzer}, so that that one loads without Lucene. */
final class LuceneTokens {

  private final Analyzer analyzer;

  LuceneTokens(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  static Analyzer analyzer(String className) {
    try {
      return Class.forName(className)
          .asSubclass(Analyzer.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          className + " is not a Lucene analyzer with a constructor without parameters", e);
    }
  }

  List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        tokens.add(new Token(term.toString(), offset.startOffset(), offset.endOffset()));
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // reading from a String does no I/O
    }
    return tokens;
  }

  void close() {
    analyzer.close();
  }
}
