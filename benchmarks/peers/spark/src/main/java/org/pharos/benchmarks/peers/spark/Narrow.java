package org.pharos.benchmarks.peers.spark;

import java.io.Serializable;
import java.util.Date;

/** A row of the narrow shape as the connector maps it: by the getters of a bean. */
@SuppressWarnings("JavaUtilDate") // what the connector takes for a timestamp
public final class Narrow implements Serializable {
  private static final long serialVersionUID = 1;

  private final Object[] row;

  Narrow(Object[] row) {
    this.row = row;
  }

  public Long getEntityId() {
    return (Long) row[0];
  }

  public Date getTs() {
    return new Date((Long) row[1]);
  }

  public Double getF1() {
    return (Double) row[2];
  }

  public Double getF2() {
    return (Double) row[3];
  }

  public Double getF3() {
    return (Double) row[4];
  }

  public Integer getLabel() {
    return (Integer) row[5];
  }

  public String getPayload() {
    return (String) row[6];
  }
}
