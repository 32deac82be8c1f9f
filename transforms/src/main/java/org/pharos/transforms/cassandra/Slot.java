package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.pharos.schemas.CqlType;

/**
 * One marker of a statement, and where its value comes from.
 *
 * @param role what the value is for
 * @param column the column that it belongs to; empty for a timestamp or a TTL
 * @param type how the value is encoded
 * @param field the field of the row that holds it; {@link #COMPUTED} if it is in no field
 */
record Slot(Role role, String column, CqlType type, int field) implements Serializable {
  static final int COMPUTED = -1;

  enum Role {
    /** Part of the key: never null. */
    KEY,
    /** A null is left out or written as a tombstone, by the rule for nulls. */
    SET,
    /** Added to or removed from what is there: a null adds nothing. */
    CHANGE,
    /** Compared with what is there: a null is compared as null. */
    CONDITION,
    /** Part of the key that the table computes from the row. */
    BUCKET,
    TIMESTAMP,
    TIME_TO_LIVE
  }

  static Slot timestamp() {
    return new Slot(Role.TIMESTAMP, "", CqlType.BIGINT, COMPUTED);
  }

  static Slot timeToLive() {
    return new Slot(Role.TIME_TO_LIVE, "", CqlType.INT, COMPUTED);
  }
}
