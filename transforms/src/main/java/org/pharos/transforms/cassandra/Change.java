package org.pharos.transforms.cassandra;

import org.pharos.schemas.CqlType;

/** What a write does to a column. */
enum Change {
  SET,
  ADD,
  PREPEND,
  REMOVE,
  INCREMENT;

  /** Why this change cannot be made to a column of this type, or null if it can. */
  @org.jspecify.annotations.Nullable
  String refusal(CqlType type) {
    boolean list = type instanceof CqlType.ListOf && !type.frozen();
    boolean set = type instanceof CqlType.SetOf && !type.frozen();
    boolean map = type instanceof CqlType.MapOf && !type.frozen();
    boolean fits =
        switch (this) {
          case SET -> type != CqlType.COUNTER;
          case ADD, REMOVE -> list || set || map;
          case PREPEND -> list;
          case INCREMENT -> type == CqlType.COUNTER;
        };
    if (fits) {
      return null;
    }
    return switch (this) {
      case SET -> "is a counter, which can only be incremented: say incrementing(...)";
      case ADD -> "is " + type.cql() + "; adding(...) takes a list, set or map that is not frozen";
      case REMOVE ->
          "is " + type.cql() + "; removing(...) takes a list, set or map that is not frozen";
      case PREPEND -> "is " + type.cql() + "; prepending(...) takes a list that is not frozen";
      case INCREMENT -> "is " + type.cql() + "; incrementing(...) takes a counter";
    };
  }

  /** Whether making the change again, a moment later, leaves the same as making it once. */
  boolean repeatableLater(CqlType type) {
    return this == SET || repeatable(type);
  }

  /** The type of the value that the statement takes for a column of this type. */
  CqlType valueType(CqlType type) {
    return this == REMOVE && type instanceof CqlType.MapOf map ? CqlType.set(map.key()) : type;
  }

  /** The assignment in the SET clause of an UPDATE. */
  String assignment(String column) {
    return switch (this) {
      case SET -> column + " = ?";
      case ADD, INCREMENT -> column + " = " + column + " + ?";
      case PREPEND -> column + " = ? + " + column;
      case REMOVE -> column + " = " + column + " - ?";
    };
  }

  /**
   * Whether making the change twice, with one timestamp, leaves the same as making it once. Setting
   * a list does not: its elements have hidden keys that the server makes anew, and deletes only
   * those that are older (CASSANDRA-11368).
   */
  boolean repeatable(CqlType type) {
    return switch (this) {
      case SET -> !(type instanceof CqlType.ListOf) || type.frozen();
      case REMOVE -> true;
      case ADD -> !(type instanceof CqlType.ListOf);
      case PREPEND, INCREMENT -> false;
    };
  }
}
