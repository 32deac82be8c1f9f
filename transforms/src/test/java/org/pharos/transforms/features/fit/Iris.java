package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/**
 * The petals of Fisher's irises (1936), as R and scikit-learn have them: rows of a class, a length
 * and a width. Lengths and widths of a class are in order of size here, not by flower.
 */
final class Iris {
  static final Schema ROWS =
      Schema.builder()
          .addStringField("species")
          .addDoubleField("length")
          .addDoubleField("width")
          .build();

  /** Each class with its lengths and widths, {@code value*times}. */
  private static final String[][] PETALS = {
    {
      "setosa",
      "1.0*1 1.1*1 1.2*2 1.3*7 1.4*13 1.5*13 1.6*7 1.7*4 1.9*2",
      "0.1*5 0.2*29 0.3*7 0.4*7 0.5*1 0.6*1"
    },
    {
      "versicolor",
      "3.0*1 3.3*2 3.5*2 3.6*1 3.7*1 3.8*1 3.9*3 4.0*5 4.1*3 4.2*4 4.3*2 4.4*4 4.5*7 4.6*3 4.7*5"
          + " 4.8*2 4.9*2 5.0*1 5.1*1",
      "1.0*7 1.1*3 1.2*5 1.3*13 1.4*7 1.5*10 1.6*3 1.7*1 1.8*1"
    },
    {
      "virginica",
      "4.5*1 4.8*2 4.9*3 5.0*3 5.1*7 5.2*2 5.3*2 5.4*2 5.5*3 5.6*6 5.7*3 5.8*3 5.9*2 6.0*2 6.1*3"
          + " 6.3*1 6.4*1 6.6*1 6.7*2 6.9*1",
      "1.4*1 1.5*2 1.6*1 1.7*1 1.8*11 1.9*5 2.0*6 2.1*6 2.2*3 2.3*8 2.4*3 2.5*3"
    }
  };

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String[] petals : PETALS) {
      List<Double> lengths = repeated(petals[1]);
      List<Double> widths = repeated(petals[2]);
      for (int i = 0; i < lengths.size(); i++) {
        rows.add(Row.withSchema(ROWS).addValues(petals[0], lengths.get(i), widths.get(i)).build());
      }
    }
    return rows;
  }

  private static List<Double> repeated(String counted) {
    List<Double> values = new ArrayList<>();
    for (String each : counted.split(" ", -1)) {
      String[] parts = each.split("\\*", -1);
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        values.add(Double.valueOf(parts[0]));
      }
    }
    return values;
  }

  private Iris() {}
}
