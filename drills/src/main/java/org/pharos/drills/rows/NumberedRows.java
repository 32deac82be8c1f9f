package org.pharos.drills.rows;

import java.io.Serializable;
import java.util.List;
import org.pharos.schemas.Table;

/**
 * A set of rows, numbered from 0, each of which can be computed from its number: so whoever reads a
 * table knows what it must hold, without any copy of it.
 *
 * <p>The first two columns of their tables are {@code entity}, the partition key, and {@code
 * number}, the only clustering column, which is the row's number.
 */
public interface NumberedRows extends Serializable {

  /** The partition key of their tables. */
  String ENTITY = "entity";

  /** The clustering column of their tables: the row's number. */
  String NUMBER = "number";

  /** How many rows there are. */
  long count();

  /** The table to keep them in. */
  Table table(String keyspace, String name);

  /** The row of a number, in the order of the table's columns; bytes are arrays. */
  List<Object> values(long number);

  /** How many partitions there are; their keys are the numbers from 0. */
  long entities();

  /** A row's write time in event-time mode, in microseconds since 1970: long ago, and its own. */
  default long eventMicros(long number) {
    return 1_700_000_000_000_000L + 1_000 * number;
  }

  /** How many rows to ask for at a time where nothing adapts. */
  int pageRows();
}
