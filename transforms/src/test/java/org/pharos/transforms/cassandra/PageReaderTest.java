package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

@WithCassandra
class PageReaderTest {

  private static final int PARTITIONS = 700;
  private static final int HUGE = 3000;

  private final ReadMetrics metrics = new ReadMetrics();
  private final ReadRetry retry =
      new ReadRetry(
          "reading", "ks.t", new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 5), metrics);
  private final List<String> read = new ArrayList<>();
  private CqlSession session;
  private ScanStatement wide;
  private ScanStatement huge;

  private static Table wideTable(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "wide")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT)
        .build();
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    Table table = wideTable(keyspace);
    CqlSession session = keyspace.cluster().session();
    TestConnections.create(keyspace, table);
    PreparedStatement insert =
        session.prepare("INSERT INTO " + table.qualifiedName() + " (k, c) VALUES (?, ?)");
    List<CompletionStage<?>> writes = new ArrayList<>();
    // Small partitions of three rows, and a huge one.
    for (int k = 0; k < PARTITIONS; k++) {
      for (int c = 0; c < (k == 13 ? HUGE : 3); c++) {
        writes.add(session.executeAsync(insert.bind(k, c)));
        if (writes.size() == 200) {
          writes.forEach(write -> write.toCompletableFuture().join());
          writes.clear();
        }
      }
    }
    writes.forEach(write -> write.toCompletableFuture().join());
  }

  @BeforeEach
  void prepare(TestKeyspace keyspace) {
    session = keyspace.cluster().session();
    Scan scan = Scan.of(wideTable(keyspace));
    wide = ScanStatement.prepare(session, scan, "k, c");
    huge = ScanStatement.prepare(session, scan.where(List.of(Filter.equal("k", 13))), "k, c");
  }

  private FailingRequests scan(TokenSpan span, BiPredicate<Integer, Statement<?>> fails) {
    FailingRequests requests = new FailingRequests(session, fails);
    new PageReader(requests, retry, metrics)
        .read(span, wide::of, wide.tokenFrom(new int[] {0}), this::take);
    return requests;
  }

  private void take(Row row) {
    read.add(row.getInt(0) + "/" + row.getInt(1));
  }

  private static List<String> all() {
    return IntStream.range(0, PARTITIONS)
        .boxed()
        .flatMap(k -> IntStream.range(0, k == 13 ? HUGE : 3).mapToObj(c -> k + "/" + c))
        .toList();
  }

  private void assertEachRowOnce() {
    assertThat(read).containsExactlyInAnyOrderElementsOf(all());
  }

  @Test
  void reads_a_range_once_page_by_page_growing_the_pages() {
    FailingRequests requests = scan(TokenSpan.RING, (number, statement) -> false);
    assertEachRowOnce();
    assertThat(requests.sent())
        .extracting(FailingRequests.Sent::pageSize)
        .containsExactly(PageSize.FIRST, 4 * PageSize.FIRST, 16 * PageSize.FIRST);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void each_row_is_read_once_when_every_nth_page_times_out(int every) {
    scan(TokenSpan.RING, (number, statement) -> number % every == 0);
    assertEachRowOnce();
  }

  @Test
  void each_row_is_read_once_when_large_pages_always_time_out() {
    FailingRequests requests =
        scan(TokenSpan.RING, (number, statement) -> statement.getPageSize() > 40);
    assertEachRowOnce();
    assertThat(requests.sent()).anyMatch(FailingRequests.Sent::failed);
  }

  @Test
  void only_the_unread_rest_is_cut_and_pages_shrink() {
    FailingRequests requests = scan(TokenSpan.RING, (number, statement) -> number == 3);
    assertEachRowOnce();
    List<FailingRequests.Sent> sent = requests.sent();
    // Goes on from the same paging state with half the rows; later the cut-off half from its start.
    assertThat(sent.get(3).first()).isFalse();
    assertThat(sent.get(3).pageSize()).isEqualTo(sent.get(2).pageSize() / 2);
    assertThat(sent.subList(4, sent.size())).filteredOn(FailingRequests.Sent::first).hasSize(1);
  }

  @Test
  void a_huge_partition_is_read_in_smaller_pages() {
    FailingRequests requests =
        new FailingRequests(session, (number, statement) -> statement.getPageSize() > 300);
    BoundStatement statement = huge.of(0);
    new PageReader(requests, retry, metrics).read(statement, this::take);
    assertThat(read)
        .containsExactlyElementsOf(IntStream.range(0, HUGE).mapToObj(c -> "13/" + c).toList());
    assertThat(requests.sent()).filteredOn(FailingRequests.Sent::first).hasSize(1);
  }

  @Test
  void gives_up_after_some_attempts_without_progress_and_says_what_to_do() {
    assertThatThrownBy(() -> scan(TokenSpan.RING, (number, statement) -> number > 2))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageContaining("reading (5 attempts) failed at ks.t: ")
        .hasMessageContaining("less parallelism");
  }

  @Test
  void an_error_that_does_not_pass_is_not_tried_again() {
    List<Statement<?>> sent = new ArrayList<>();
    Requests refused =
        statement -> {
          sent.add(statement);
          return CompletableFuture.failedFuture(
              new InvalidQueryException(
                  session.getMetadata().getNodes().values().iterator().next(), "no such thing"));
        };
    PageReader reader = new PageReader(refused, retry, metrics);
    assertThatThrownBy(() -> reader.read(TokenSpan.RING, wide::of, null, this::take))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageContaining("reading failed at ks.t: no such thing")
        .hasMessageContaining("Tables.verify");
    assertThat(sent).hasSize(1);
  }

  @Test
  void spans_share_the_rows_out_without_overlap() {
    List<TokenSpan> spans =
        List.of(
            new TokenSpan(Long.MIN_VALUE, -5_000_000_000_000_000_000L),
            new TokenSpan(-5_000_000_000_000_000_000L, 0),
            new TokenSpan(0, Long.MAX_VALUE));
    for (TokenSpan span : spans) {
      scan(span, (number, statement) -> number == 2);
    }
    assertEachRowOnce();
  }
}
