package org.pharos.benchmarks.workload;

/**
 * A column of a shape: its name, what it holds, and how much of it.
 *
 * @param size characters of a text, elements of a vector or collection, and 1 for all else
 */
public record Column(String name, Kind kind, int size) {

  static Column of(String name, Kind kind) {
    return new Column(name, kind, 1);
  }

  /** The column's type in CQL. */
  public String cqlType() {
    return switch (kind) {
      case BIGINT -> "bigint";
      case TIMESTAMP -> "timestamp";
      case DOUBLE -> "double";
      case INT -> "int";
      case TEXT -> "text";
      case VECTOR -> "vector<float, " + size + ">";
      case LIST -> "list<int>";
      case SET -> "set<text>";
      case MAP -> "map<text, double>";
    };
  }

  /** About how many bytes a value has. */
  int bytes() {
    return switch (kind) {
      case BIGINT, TIMESTAMP, DOUBLE -> 8;
      case INT -> 4;
      case TEXT -> size;
      case VECTOR, LIST -> 4 * size;
      case SET, MAP -> 12 * size;
    };
  }
}
