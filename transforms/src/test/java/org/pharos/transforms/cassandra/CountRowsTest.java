package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

@WithCassandra
class CountRowsTest {

  private static final int ROWS = 350;

  private final Pipeline pipeline = Pipeline.create();
  private final Table table;
  private final CassandraConnection connection;

  CountRowsTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = table(keyspace);
    connection = TestConnections.to(cluster);
  }

  private static Table table(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "counted")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT)
        .staticColumn("s", CqlType.INT)
        .build();
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    TestConnections.create(keyspace, table(keyspace));
    for (int i = 0; i < ROWS; i++) {
      keyspace.execute("INSERT INTO counted (k, c, s) VALUES (?, ?, 1)", i % 70, i);
    }
    keyspace.execute("INSERT INTO counted (k, s) VALUES (1000, 1)");
  }

  private void assertCounts(CountRows count, long rows) {
    PCollection<Long> counted = pipeline.apply(count.from(connection));
    PAssert.thatSingleton(counted).isEqualTo(rows);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void counts_what_a_read_would_read() {
    assertCounts(CountRows.of(table).withParallelism(8), ROWS + 1L);
  }

  @Test
  void counts_ranges_that_time_out_in_halves() {
    Set<BoundStatement> slow = ConcurrentHashMap.newKeySet();
    Scan scan = Scan.of(table);
    try (Lease lease = Sessions.acquire(connection)) {
      ScanStatement statement = ScanStatement.prepare(lease.session(), scan, "count(*)");
      FailingRequests requests =
          new FailingRequests(lease.session(), (number, sent) -> slow.contains(sent));
      long rows =
          counter(requests)
              .count(
                  TokenSpan.unwrap(7, 7),
                  span -> {
                    BoundStatement query = statement.of(span);
                    if (span.fraction() > 0.02) {
                      slow.add(query);
                    }
                    return query;
                  });
      assertThat(rows).isEqualTo(ROWS + 1L);
      // Sixteenths and their halves are too slow.
      assertThat(requests.sent()).filteredOn(sent -> !sent.failed()).hasSize(64);
      assertThat(requests.sent()).filteredOn(FailingRequests.Sent::failed).hasSize(48);
    }
  }

  @Test
  void a_partition_that_times_out_is_counted_again() {
    Scan scan = Scan.of(table).where(List.of(Filter.equal("k", 1)));
    try (Lease lease = Sessions.acquire(connection)) {
      ScanStatement statement = ScanStatement.prepare(lease.session(), scan, "count(*)");
      FailingRequests requests = new FailingRequests(lease.session(), (number, sent) -> number < 3);
      assertThat(counter(requests).countAll(statement.of(0))).isEqualTo(5);
    }
  }

  @Test
  void a_bounded_number_of_ranges_is_counted_at_a_time() {
    Queue<CompletableFuture<AsyncResultSet>> held = new ConcurrentLinkedQueue<>();
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Lease lease = Sessions.acquire(connection)) {
      ScanStatement statement = ScanStatement.prepare(lease.session(), Scan.of(table), "count(*)");
      // The first ones are answered only when as many as may be are on their way.
      Requests requests =
          sent -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            CompletableFuture<AsyncResultSet> answer = new CompletableFuture<>();
            boolean ignored = held.add(answer);
            if (held.size() >= RangeCounter.IN_FLIGHT) {
              answerAll(lease.session(), held, inFlight);
            }
            return answer;
          };
      assertThat(counter(requests).count(List.of(TokenSpan.RING), statement::of))
          .isEqualTo(RangeCounter.PARTS);
    }
    assertThat(most).hasValue(RangeCounter.IN_FLIGHT);
  }

  /** Each with the count of one. */
  private static void answerAll(
      CqlSession session, Queue<CompletableFuture<AsyncResultSet>> held, AtomicInteger inFlight) {
    CompletableFuture<AsyncResultSet> answer;
    while ((answer = held.poll()) != null) {
      CompletableFuture<AsyncResultSet> each = answer;
      CompletionStage<Boolean> ignored =
          session
              .executeAsync("SELECT count(*) FROM system.local")
              .thenApply(
                  one -> {
                    inFlight.decrementAndGet();
                    return each.complete(one);
                  });
    }
  }

  @Test
  void a_split_is_counted_in_parts_that_cover_it_exactly() {
    List<TokenSpan> spans =
        List.of(
            new TokenSpan(-100, -99),
            new TokenSpan(0, 1L << 40),
            new TokenSpan(1L << 62, Long.MAX_VALUE));
    List<TokenSpan> parts = RangeCounter.parts(spans);
    assertThat(parts).hasSizeBetween(RangeCounter.PARTS, RangeCounter.PARTS + spans.size());
    List<TokenSpan> joined = new ArrayList<>();
    for (TokenSpan part : parts) {
      TokenSpan last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.end() == part.start()) {
        joined.set(joined.size() - 1, new TokenSpan(last.start(), part.end()));
      } else {
        joined.add(part);
      }
    }
    assertThat(joined).isEqualTo(spans);
  }

  private static RangeCounter counter(Requests requests) {
    ReadMetrics metrics = new ReadMetrics();
    Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 5);
    return new RangeCounter(requests, new ReadRetry("counting", "ks.t", backoff, metrics), metrics);
  }

  @Test
  void counts_only_the_partitions_of_a_filter() {
    assertCounts(CountRows.of(table).where(Filter.in("k", 0, 1, 999), Filter.less("c", 100)), 4L);
  }

  @Test
  void gives_up_and_says_what_to_do() {
    PCollection<Long> ignored =
        pipeline.apply(
            CountRows.of(table)
                .from(connection)
                .withParallelism(1)
                .through(
                    session ->
                        statement ->
                            CompletableFuture.failedFuture(
                                new UnauthorizedException(
                                    session.getMetadata().getNodes().values().iterator().next(),
                                    "no SELECT permission"))));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("counting failed at " + table.qualifiedName())
        .hasStackTraceContaining("no SELECT permission")
        .hasStackTraceContaining("may be read");
  }
}
