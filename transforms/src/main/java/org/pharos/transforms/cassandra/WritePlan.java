package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * How the rows of one schema go into one table: decided while assembling, carried out on workers.
 *
 * @param row the statement for a row; null if the rows have no clustering columns
 * @param staticPart the statement for the static columns of a partition, taken when a row has no
 *     clustering values; null if there are none to write
 * @param clusteringFields the fields of the clustering columns
 * @param regularFields the fields outside the key that belong to a row, not to its partition
 * @param strangers fields without a column, which must be null in rows for this table
 * @param repeatable whether writing a row twice leaves the same as writing it once
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
    List<String> currentColumns)
    implements Serializable {

  WritePlan {
    clusteringFields = List.copyOf(clusteringFields);
    regularFields = List.copyOf(regularFields);
    strangers = List.copyOf(strangers);
    currentColumns = List.copyOf(currentColumns);
  }
}
