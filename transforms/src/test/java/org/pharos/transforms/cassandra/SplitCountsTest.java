package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** How many splits a live table gets, by what its node knows of it. */
@WithCassandra
class SplitCountsTest {

  private static final int PARALLELISM = 3;

  private static Table create(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .column("v", CqlType.BLOB)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static void fill(TestKeyspace keyspace, Table table, int rows, int bytes) {
    CqlSession session = keyspace.cluster().session();
    PreparedStatement insert =
        session.prepare("INSERT INTO " + table.qualifiedName() + " (k, v) VALUES (?, ?)");
    byte[] value = new byte[bytes];
    new Random(1).nextBytes(value);
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      writes.add(session.executeAsync(insert.bind(i, ByteBuffer.wrap(value))));
      if (writes.size() == 200) {
        writes.forEach(write -> write.toCompletableFuture().join());
        writes.clear();
      }
    }
    writes.forEach(write -> write.toCompletableFuture().join());
  }

  private static List<Split.Ranges> plan(CassandraCluster cluster, Table table, long splitBytes) {
    return new SplitPlanner(SplitSizes.of(splitBytes, PARALLELISM))
        .plan(new RingSurvey(cluster.session(), table).ranges());
  }

  @Test
  void a_table_that_was_never_flushed_is_two_splits_a_worker(
      TestKeyspace keyspace, CassandraCluster cluster) {
    Table table = create(keyspace, "unflushed");
    fill(keyspace, table, 1000, 10);
    assertThat(plan(cluster, table, SplitSizes.TARGET)).hasSize(2 * PARALLELISM);
  }

  @Test
  void a_small_table_whose_size_is_known_is_one_split(
      TestKeyspace keyspace, CassandraCluster cluster) {
    Table table = create(keyspace, "small");
    fill(keyspace, table, 1000, 100);
    keyspace.flush();
    assertThat(plan(cluster, table, SplitSizes.TARGET))
        .singleElement()
        .satisfies(split -> assertThat(split.bytes()).isBetween(50_000.0, 400_000.0));
  }

  @Test
  void a_large_table_is_split_by_bytes_and_the_largest_is_at_most_twice_the_mean(
      TestKeyspace keyspace, CassandraCluster cluster) {
    Table table = create(keyspace, "large");
    fill(keyspace, table, 20_000, 1000);
    keyspace.flush();
    List<Split.Ranges> splits = plan(cluster, table, 1 << 20);
    double total = splits.stream().mapToDouble(Split.Ranges::bytes).sum();
    assertThat(total).isBetween(15e6, 30e6);
    assertThat(splits.size()).isBetween(15, 30);
    assertThat(splits).allMatch(split -> split.bytes() <= 2 * total / splits.size());
  }

  @Test
  void a_truncated_table_keeps_its_old_estimate_and_costs_no_more_than_idle_splits(
      TestKeyspace keyspace, CassandraCluster cluster) {
    Table table = create(keyspace, "truncated");
    fill(keyspace, table, 5_000, 1000);
    keyspace.flush();
    int before = plan(cluster, table, 1 << 20).size();
    keyspace.execute("TRUNCATE truncated");
    fill(keyspace, table, 3, 10);
    assertThat(plan(cluster, table, 1 << 20)).hasSize(before).hasSizeGreaterThan(3);
  }
}
