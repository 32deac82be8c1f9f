package org.pharos.schemas;

/** The order of a clustering column inside its partition. */
public enum Order {
  ASCENDING("ASC"),
  DESCENDING("DESC");

  private final String cql;

  Order(String cql) {
    this.cql = cql;
  }

  /** ASC or DESC. */
  public String cql() {
    return cql;
  }
}
