package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.Reason;

/**
 * How the rows of one schema go into one table: decided while assembling, carried out on workers.
 *
 * @param row the statement for a row; null if the rows have no clustering columns
 * @param staticPart the statement for the static columns of a partition, taken when a row has no
 *     clustering values; null if there are none to write
 * @param clusteringFields the fields of the clustering columns
 * @param regularFields the fields outside the key that belong to a row, not to its partition
 * @param strangers fields without a column, which must be null in rows for this table
 * @param repeatable whether a row can be written again and leaves the same as writing it once
 * @param later whether writing it again must have a later timestamp for that
 * @param currentColumns the columns of the current row in an outcome; none if nothing is
 *     conditional
 */
record WritePlan(
    Table table,
    @Nullable WriteStatement row,
    @Nullable WriteStatement staticPart,
    List<Integer> clusteringFields,
    List<Integer> regularFields,
    List<Integer> strangers,
    RowTiming timing,
    boolean repeatable,
    boolean later,
    List<String> currentColumns)
    implements Serializable {

  WritePlan {
    clusteringFields = List.copyOf(clusteringFields);
    regularFields = List.copyOf(regularFields);
    strangers = List.copyOf(strangers);
    currentColumns = List.copyOf(currentColumns);
  }

  /** That for whole rows and that for static columns; bulk loads name them by their place. */
  List<WriteStatement> statements() {
    List<WriteStatement> statements = new ArrayList<>();
    if (row != null) {
      statements.add(row);
    }
    if (staticPart != null) {
      statements.add(staticPart);
    }
    return statements;
  }

  /** Whether the very same statement can be sent twice. */
  boolean repeatableAsIs() {
    return repeatable && !later;
  }

  /**
   * Whether the static part of a partition is to be written, and no row.
   *
   * @throws RejectedRow if the row fits neither, or has a value that no column takes
   */
  boolean takesStaticPart(Row input) {
    for (int field : strangers) {
      if (input.getValue(field) != null) {
        throw new RejectedRow(
            Reason.MAPPING,
            "field "
                + input.getSchema().getField(field).getName()
                + " is no column of "
                + table.qualifiedName());
      }
    }
    if (staticPart == null || !noneOf(clusteringFields, input)) {
      return false;
    }
    if (!noneOf(regularFields, input)) {
      throw new RejectedRow(
          Reason.KEY,
          "the clustering columns are null, so that only static columns can be written, but other"
              + " columns have values");
    }
    return true;
  }

  private static boolean noneOf(List<Integer> fields, Row input) {
    for (int field : fields) {
      if (input.getValue(field) != null) {
        return false;
      }
    }
    return true;
  }
}
