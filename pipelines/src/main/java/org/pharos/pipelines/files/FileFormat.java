package org.pharos.pipelines.files;

import java.util.Locale;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/** What rows are written as. */
public enum FileFormat {
  /** Lines of text, for people and everything else; types are lost. */
  CSV,
  /** Columns with their types, compressed: for programs. */
  PARQUET;

  /** Writes rows of this schema into a file. */
  public FileIO.Sink<Row> sink(Schema schema) {
    return switch (this) {
      case CSV -> new CsvRows(schema);
      case PARQUET -> new ParquetRows(schema);
    };
  }

  /** What names of files end with, such as {@code .csv}. */
  public String suffix() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
