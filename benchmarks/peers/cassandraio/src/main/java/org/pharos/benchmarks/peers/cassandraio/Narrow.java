package org.pharos.benchmarks.peers.cassandraio;

import com.datastax.driver.mapping.annotations.ClusteringColumn;
import com.datastax.driver.mapping.annotations.Column;
import com.datastax.driver.mapping.annotations.PartitionKey;
import com.datastax.driver.mapping.annotations.Table;
import java.util.Date;
import org.pharos.benchmarks.workload.Digest;

/** A row of the narrow shape, as driver 3 maps it: by the annotations of a mutable class. */
@SuppressWarnings("JavaUtilDate") // what driver 3 has for a timestamp
@Table(keyspace = "bench", name = "narrow")
public final class Narrow implements Entity {
  private static final long serialVersionUID = 1;

  @PartitionKey
  @Column(name = "entity_id")
  public long entityId;

  @ClusteringColumn
  @Column(name = "ts")
  public Date ts = new Date(0);

  @Column(name = "f1")
  public double f1;

  @Column(name = "f2")
  public double f2;

  @Column(name = "f3")
  public double f3;

  @Column(name = "label")
  public int label;

  @Column(name = "payload")
  public String payload = "";

  static Narrow of(Object[] row) {
    Narrow narrow = new Narrow();
    narrow.entityId = (Long) row[0];
    narrow.ts = new Date((Long) row[1]);
    narrow.f1 = (Double) row[2];
    narrow.f2 = (Double) row[3];
    narrow.f3 = (Double) row[4];
    narrow.label = (Integer) row[5];
    narrow.payload = (String) row[6];
    return narrow;
  }

  @Override
  public long digest() {
    return Digest.of(new Object[] {entityId, ts.getTime(), f1, f2, f3, label, payload});
  }
}
