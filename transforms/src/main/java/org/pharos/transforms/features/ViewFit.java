package org.pharos.transforms.features;

import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.pharos.schemas.features.FeatureView;

/** Whether rows have what a view says, checked before there are any. */
final class ViewFit {

  private ViewFit() {}

  /**
   * Checks that the rows have these fields of a view, whether nullable or not.
   *
   * @param what the rows are, for the message: "the spine"
   * @throws IllegalArgumentException when the rows lack one, or its type differs
   */
  static void check(FeatureView view, List<Field> fields, Schema rows, String what) {
    for (Field field : fields) {
      String name = field.getName();
      if (!rows.hasField(name)) {
        throw new IllegalArgumentException(
            "view "
                + view
                + ": "
                + what
                + " has no field "
                + name
                + ", only "
                + rows.getFieldNames());
      }
      FieldType given = rows.getField(name).getType().withNullable(false);
      FieldType wanted = field.getType().withNullable(false);
      if (!given.equals(wanted)) {
        throw new IllegalArgumentException(
            "view "
                + view
                + ": "
                + name
                + " is "
                + Comparables.name(wanted)
                + ", but in "
                + what
                + " "
                + Comparables.name(given));
      }
    }
  }
}
