package org.pharos.transforms.text;

import java.io.Serializable;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.text.Token;

/**
 * Tokens as an analyzer of Apache Lucene makes them: lower-casing, stop words, stemming, whatever
 * it does. The offsets are the analyzer's: they name the original text even where the token was
 * changed.
 *
 * <p>Lucene is an optional dependency: without {@code org.apache.lucene:lucene-analysis-common} on
 * the class path the factories throw, and say so.
 */
public final class LuceneAnalyzer implements Tokenizer {

  private static final long serialVersionUID = 1L;

  private final Source source;
  private final String name;
  private transient @Nullable LuceneTokens tokens;

  private LuceneAnalyzer(Source source, String name) {
    this.source = source;
    this.name = name;
  }

  /** Makes the analyzer, on each worker. */
  @FunctionalInterface
  public interface Source extends Serializable {
    Analyzer get();
  }

  /** Lucene's {@code EnglishAnalyzer}: lower case, English stop words dropped, Porter's stems. */
  public static LuceneAnalyzer english() {
    return named("org.apache.lucene.analysis.en.EnglishAnalyzer");
  }

  /** Lucene's {@code StandardAnalyzer}: Unicode words in lower case. */
  public static LuceneAnalyzer standard() {
    return named("org.apache.lucene.analysis.standard.StandardAnalyzer");
  }

  /**
   * The analyzer of this class, made by its constructor without parameters.
   *
   * @throws IllegalArgumentException when there is no such analyzer
   * @throws IllegalStateException when Lucene is missing
   */
  public static LuceneAnalyzer named(String className) {
    requireLucene();
    Source source = () -> LuceneTokens.analyzer(className);
    source.get().close(); // a wrong name fails here and not on a worker
    return new LuceneAnalyzer(source, className);
  }

  /**
   * The analyzer of a source, for one that takes parameters.
   *
   * @throws IllegalStateException when Lucene is missing
   */
  public static LuceneAnalyzer from(Source source) {
    requireLucene();
    return new LuceneAnalyzer(source, "of a source");
  }

  @Override
  public List<Token> tokenize(String text) {
    LuceneTokens open = tokens;
    if (open == null) {
      open = new LuceneTokens(source.get());
      tokens = open;
    }
    return open.of(text);
  }

  @Override
  public void close() {
    LuceneTokens open = tokens;
    if (open != null) {
      tokens = null;
      open.close();
    }
  }

  @Override
  public String toString() {
    return "Lucene analyzer " + name;
  }

  private static void requireLucene() {
    try {
      Class.forName(
          "org.apache.lucene.analysis.en.EnglishAnalyzer",
          false,
          LuceneAnalyzer.class.getClassLoader());
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Lucene is missing: add org.apache.lucene:lucene-analysis-common (9.x) to the class path",
          e);
    }
  }
}
