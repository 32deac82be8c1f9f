package org.pharos.benchmarks.peers.cassandraio;

import com.datastax.driver.mapping.annotations.ClusteringColumn;
import com.datastax.driver.mapping.annotations.Column;
import com.datastax.driver.mapping.annotations.PartitionKey;
import com.datastax.driver.mapping.annotations.Table;
import java.util.Date;
import org.pharos.benchmarks.workload.Digest;

/** A row of the text shape, as driver 3 maps it. */
@SuppressWarnings("JavaUtilDate") // what driver 3 has for a timestamp
@Table(keyspace = "bench", name = "text")
public final class Text implements Entity {
  private static final long serialVersionUID = 1;

  @PartitionKey
  @Column(name = "entity_id")
  public long entityId;

  @ClusteringColumn
  @Column(name = "ts")
  public Date ts = new Date(0);

  @Column(name = "body")
  public String body = "";

  static Text of(Object[] row) {
    Text text = new Text();
    text.entityId = (Long) row[0];
    text.ts = new Date((Long) row[1]);
    text.body = (String) row[2];
    return text;
  }

  @Override
  public long digest() {
    return Digest.of(new Object[] {entityId, ts.getTime(), body});
  }
}
