package org.pharos.pipelines.text;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.schemas.text.Document;
import org.pharos.schemas.text.DocumentTokens;
import org.pharos.schemas.text.TextTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;
import org.pharos.transforms.text.CountTerms;
import org.pharos.transforms.text.LuceneAnalyzer;
import org.pharos.transforms.text.TokenizeText;
import org.pharos.transforms.text.Tokenizer;
import org.pharos.transforms.text.UnicodeWords;

/**
 * Documents into their words with offsets, and how frequent each word is. Running it again writes
 * the same rows.
 */
public final class IndexWords {
  private IndexWords() {}

  /** What cuts the texts into words. */
  public enum Words {
    /** The rules of Unicode, in lower case. */
    UNICODE,
    /** Lucene's standard analyzer. */
    STANDARD,
    /** Lucene's English analyzer: without stop words, words by their stems. */
    ENGLISH;

    Tokenizer tokenizer() {
      return switch (this) {
        case UNICODE -> UnicodeWords.inLowerCase();
        case STANDARD -> LuceneAnalyzer.standard();
        case ENGLISH -> LuceneAnalyzer.english();
      };
    }
  }

  /** The options of this pipeline. */
  public interface Options extends CassandraOptions {
    @Description("What cuts texts into words: UNICODE, or Lucene's STANDARD or ENGLISH analyzer.")
    @Default.Enum("UNICODE")
    Words getWords();

    void setWords(Words words);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "index-words",
            "the words of documents with offsets, and the frequencies of each word",
            Options.class,
            IndexWords::assemble)
        .reading(options -> List.of(TextTables.documents(options.getKeyspace())))
        .writing(
            options ->
                List.of(
                    TextTables.tokens(options.getKeyspace()),
                    TextTables.terms(options.getKeyspace())));
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    String keyspace = options.getKeyspace();

    PCollection<DocumentTokens> tokens =
        pipeline
            .apply(
                "Read documents",
                ReadTable.of(TextTables.documents(keyspace)).from(connection).as(Document.class))
            .apply("Cut into words", TokenizeText.by(options.getWords().tokenizer()));
    tokens.apply("Write tokens", WriteTable.of(TextTables.tokens(keyspace)).to(connection));
    tokens
        .apply("Count terms", CountTerms.create())
        .apply("Write terms", WriteTable.of(TextTables.terms(keyspace)).to(connection));
  }
}
