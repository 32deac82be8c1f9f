package org.pharos.schemas;

import java.io.Serializable;

/** A column of a table. The name is as stored: neither quoted nor folded to lower case. */
public record Column(String name, CqlType type, Kind kind) implements Serializable {

  /** What a column is to its table. */
  public enum Kind {
    PARTITION_KEY,
    CLUSTERING,
    STATIC,
    REGULAR;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  public Column {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }

  /** Whether the column is part of the primary key. */
  public boolean isKey() {
    return kind == Kind.PARTITION_KEY || kind == Kind.CLUSTERING;
  }
}
