package org.pharos.transforms.cassandra;

/** What a null in a row does to its column. */
public enum Nulls {
  /** A null writes nothing: the column keeps what it has. The default. */
  PARTIAL,
  /**
   * A null removes what the column has, by a tombstone with the row's timestamp: afterwards the row
   * says what the element says, in the columns that the element has.
   */
  REPLACE
}
