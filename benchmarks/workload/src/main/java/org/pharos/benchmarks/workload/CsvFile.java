package org.pharos.benchmarks.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a shape without collections as lines of a file, after a line with the columns' names. The
 * workload's texts need no quotes.
 */
public final class CsvFile {
  private CsvFile() {}

  /** Writes the rows in their order. */
  public static void write(Path file, Shape shape, Data data, long rows) throws IOException {
    List<Column> columns = shape.columns();
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", columns.stream().map(Column::name).toList()) + "\n");
      for (long place = 0; place < rows; place++) {
        Object[] row = data.row(place);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
          line.append(i == 0 ? "" : ",").append(text(columns.get(i).kind(), row[i]));
        }
        out.append(line.append('\n'));
      }
    }
  }

  /** Tells the {@link Meter} of all rows in a file whose columns may stand in another order. */
  public static void meter(Path file, Shape shape) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String head = in.readLine();
      if (head == null) {
        return;
      }
      List<String> names = Arrays.asList(head.split(",", -1));
      List<Integer> positions = new ArrayList<>();
      shape.columns().forEach(column -> positions.add(names.indexOf(column.name())));
      long rows = 0;
      long digest = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",", -1);
        Object[] row = new Object[positions.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = value(shape.columns().get(i).kind(), cells[positions.get(i)]);
        }
        rows++;
        digest += Digest.of(row);
      }
      Meter.add(rows, digest);
    }
  }

  private static String text(Kind kind, Object value) {
    return switch (kind) {
      case TIMESTAMP -> Instant.ofEpochMilli((Long) value).toString();
      // Without an exponent, which not everybody reads.
      case DOUBLE -> BigDecimal.valueOf((Double) value).toPlainString();
      case BIGINT, INT, TEXT -> value.toString();
      case VECTOR, LIST, SET, MAP ->
          throw new IllegalArgumentException(kind + " has no form of its own in CSV");
    };
  }

  private static Object value(Kind kind, String text) {
    return switch (kind) {
      case BIGINT -> Long.valueOf(text);
      case TIMESTAMP -> OffsetDateTime.parse(text).toInstant().toEpochMilli();
      case DOUBLE -> Double.valueOf(text);
      case INT -> Integer.valueOf(text);
      case TEXT -> text;
      case VECTOR, LIST, SET, MAP ->
          throw new IllegalArgumentException(kind + " has no form of its own in CSV");
    };
  }
}
