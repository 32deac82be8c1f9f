package org.pharos.pipelines.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Rows into a CSV file (RFC 4180, but lines end with a line feed alone) in UTF-8, below a line of
 * their columns' names. Cells are what {@link CellText} says; a null is empty, and an empty text is
 * quoted.
 */
final class CsvRows implements FileIO.Sink<Row> {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').setNullString("").get();
  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private transient @Nullable CSVPrinter printer;

  CsvRows(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void open(WritableByteChannel channel) throws IOException {
    CSVPrinter opened =
        new CSVPrinter(
            new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8)), FORMAT);
    opened.printRecord(schema.getFieldNames());
    printer = opened;
  }

  @Override
  public void write(Row row) throws IOException {
    List<@Nullable Object> cells = new ArrayList<>(row.getFieldCount());
    for (Object value : row.getValues()) {
      cells.add(value == null ? null : CellText.of(value));
    }
    Objects.requireNonNull(printer, "open").printRecord(cells);
  }

  @Override
  public void flush() throws IOException {
    Objects.requireNonNull(printer, "open").flush();
  }
}
