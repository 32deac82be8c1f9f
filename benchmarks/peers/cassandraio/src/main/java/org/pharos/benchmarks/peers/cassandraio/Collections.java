package org.pharos.benchmarks.peers.cassandraio;

import com.datastax.driver.mapping.annotations.ClusteringColumn;
import com.datastax.driver.mapping.annotations.Column;
import com.datastax.driver.mapping.annotations.PartitionKey;
import com.datastax.driver.mapping.annotations.Table;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pharos.benchmarks.workload.Digest;

/** A row of the collections shape, as driver 3 maps it. */
@SuppressWarnings("JavaUtilDate") // what driver 3 has for a timestamp
@Table(keyspace = "bench", name = "collections")
public final class Collections implements Entity {
  private static final long serialVersionUID = 1;

  @PartitionKey
  @Column(name = "entity_id")
  public long entityId;

  @ClusteringColumn
  @Column(name = "ts")
  public Date ts = new Date(0);

  @Column(name = "numbers")
  public List<Integer> numbers = List.of();

  @Column(name = "words")
  public Set<String> words = Set.of();

  @Column(name = "weights")
  public Map<String, Double> weights = Map.of();

  @SuppressWarnings("unchecked") // as the workload says
  static Collections of(Object[] row) {
    Collections collections = new Collections();
    collections.entityId = (Long) row[0];
    collections.ts = new Date((Long) row[1]);
    collections.numbers = (List<Integer>) row[2];
    collections.words = (Set<String>) row[3];
    collections.weights = (Map<String, Double>) row[4];
    return collections;
  }

  @Override
  public long digest() {
    return Digest.of(new Object[] {entityId, ts.getTime(), numbers, words, weights});
  }
}
