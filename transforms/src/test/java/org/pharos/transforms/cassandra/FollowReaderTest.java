package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Events.Event;

/**
 * A reader as a runner drives it: it starts, advances, gives a checkpoint, and goes on from one.
 */
@WithCassandra
class FollowReaderTest {

  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  private static final AtomicInteger REQUESTS = new AtomicInteger();

  private TestKeyspace keyspace;
  private CassandraConnection connection;

  @BeforeEach
  void connect(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
  }

  /** Drives one reader after the other. */
  private static final class Driver implements AutoCloseable {
    private final FollowSource<Row> source;
    private final List<Row> rows = new ArrayList<>();
    private FollowReader<Row> reader;
    private boolean started;
    private Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;

    Driver(FollowSource<Row> source) {
      this.source = source;
      this.reader = source.createReader(OPTIONS, null);
    }

    /** Takes rows until there are so many more, or the reader is at its end. */
    void take(int count) {
      int wanted = rows.size() + count;
      while (rows.size() < wanted && !isFinished()) {
        step();
      }
    }

    void takeFor(long millis) {
      long end = System.nanoTime() + millis * 1_000_000;
      while (System.nanoTime() < end) {
        step();
      }
    }

    private void step() {
      boolean available = started ? reader.advance() : reader.start();
      started = true;
      if (available) {
        assertThat(reader.getCurrentTimestamp()).isGreaterThanOrEqualTo(watermark);
        rows.add(reader.getCurrent());
      }
      assertThat(reader.getWatermark()).isGreaterThanOrEqualTo(watermark);
      watermark = reader.getWatermark();
    }

    boolean isFinished() {
      return reader.getWatermark().equals(BoundedWindow.TIMESTAMP_MAX_VALUE);
    }

    /** As after a failure: another reader, from the bytes of the checkpoint. */
    void restart() throws IOException {
      FollowMark mark =
          CoderUtils.clone(source.getCheckpointMarkCoder(), reader.getCheckpointMark());
      reader.close();
      reader = SerializableUtils.clone(source).createReader(OPTIONS, mark);
      started = false;
      watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private FollowTable follow(Table table) {
    return FollowTable.of(table).from(connection).withPollInterval(Duration.millis(20));
  }

  private List<Row> rows(Table table, List<Event> events) {
    return events.stream().map(event -> Events.row(table, event)).toList();
  }

  private List<Event> filled(Table table, long start, int count, long apart) {
    TestConnections.create(keyspace, table);
    List<Event> events = Events.from(start, count, apart);
    events.forEach(event -> Events.insert(keyspace, table, event));
    return events;
  }

  @Test
  void a_reader_that_restarts_after_every_few_rows_neither_loses_nor_repeats() throws IOException {
    Table table = Events.table(keyspace, "restarts");
    long start = System.currentTimeMillis() - 60_000;
    List<Event> events = filled(table, start, 300, 30);
    FollowTable follow =
        follow(table).where(Events.shards()).since(at(start)).until(at(start + 9000));
    for (int step : new int[] {1, 7, 100}) {
      try (Driver driver = new Driver(follow.source())) {
        while (!driver.isFinished()) {
          driver.take(step);
          if (!driver.isFinished()) {
            driver.restart();
            driver.take(1);
          }
        }
        assertThat(driver.rows).as("restarts after %s", step).isEqualTo(rows(table, events));
      }
    }
  }

  @Test
  void late_rows_are_found_within_the_overlap_and_beyond_it_missed() throws IOException {
    Table table = Events.table(keyspace, "late");
    long start = System.currentTimeMillis() - 30_000;
    List<Event> events = filled(table, start, 20, 1000);
    FollowTable follow =
        follow(table)
            .where(Events.shards())
            .since(at(start))
            .withOverlap(Duration.standardSeconds(20));
    try (Driver driver = new Driver(follow.source())) {
      driver.take(20);
      driver.takeFor(200);
      assertThat(driver.rows).isEqualTo(rows(table, events));
      Event late = new Event(100, System.currentTimeMillis() - 15_000);
      Event tooLate = new Event(101, System.currentTimeMillis() - 25_000);
      Events.insert(keyspace, table, late);
      Events.insert(keyspace, table, tooLate);
      driver.restart();
      driver.take(1);
      driver.takeFor(200);
      Event inTime = new Event(102, System.currentTimeMillis());
      Events.insert(keyspace, table, inTime);
      driver.take(1);
      driver.takeFor(200);
      assertThat(driver.rows.subList(20, driver.rows.size()))
          .isEqualTo(rows(table, List.of(late, inTime)));
    }
  }

  @Test
  void a_row_from_the_future_waits_for_its_time() {
    Table table = Events.table(keyspace, "future");
    long now = System.currentTimeMillis();
    List<Event> events = filled(table, now + 2000, 2, 2000);
    try (Driver driver = new Driver(follow(table).where(Events.shards()).source())) {
      driver.take(1);
      assertThat(System.currentTimeMillis()).isBetween(events.get(0).at(), events.get(1).at());
      driver.take(1);
      assertThat(System.currentTimeMillis()).isGreaterThan(events.get(1).at());
      assertThat(driver.rows).isEqualTo(rows(table, events));
    }
  }

  @Test
  void an_update_of_a_row_that_was_emitted_is_not_told() {
    Table table = Events.table(keyspace, "updated");
    long start = System.currentTimeMillis() - 2000;
    List<Event> events = filled(table, start, 3, 100);
    try (Driver driver =
        new Driver(follow(table).where(Events.shards()).since(at(start)).source())) {
      driver.take(3);
      events.forEach(event -> Events.insert(keyspace, table, event));
      driver.takeFor(300);
      assertThat(driver.rows).isEqualTo(rows(table, events));
    }
  }

  @Test
  void long_pages_and_many_buckets_come_in_the_order_of_time() {
    Table table = Events.table(keyspace, "long");
    long start = System.currentTimeMillis() - 100_000;
    List<Event> events = filled(table, start, 3000, 20);
    try (Driver driver =
        new Driver(
            follow(table)
                .where(Events.shards())
                .since(at(start - 100_000))
                .until(at(start + 60_000))
                .source())) {
      driver.take(Integer.MAX_VALUE / 2);
      assertThat(driver.rows).isEqualTo(rows(table, events));
      assertThat(driver.reader.getCheckpointMark().seen()).hasSize(500);
    }
  }

  @Test
  void requests_that_fail_are_repeated_and_each_row_comes_once() {
    Table table = Events.table(keyspace, "failing");
    long start = System.currentTimeMillis() - 60_000;
    List<Event> events = filled(table, start, 600, 10);
    Requests.Through failing =
        session ->
            statement ->
                REQUESTS.incrementAndGet() % 2 == 0
                    ? CompletableFuture.failedFuture(FailingRequests.timeout(session))
                    : session.executeAsync(statement);
    try (Driver driver =
        new Driver(
            follow(table)
                .where(Events.shards())
                .since(at(start))
                .until(at(start + 6000))
                .through(failing)
                .source())) {
      driver.take(600);
      driver.take(1);
      assertThat(driver.rows).isEqualTo(rows(table, events));
      assertThat(driver.isFinished()).isTrue();
    }
  }

  @Test
  void more_keys_than_may_be_remembered_fail_with_what_to_do() {
    Table table = Events.table(keyspace, "crowded");
    long start = System.currentTimeMillis() - 60_000;
    filled(table, start, 30, 10);
    FollowTable follow = follow(table).where(Events.shards()).since(at(start));
    try (Driver driver = new Driver(follow.withMaxSeenKeys(20).source())) {
      assertThatThrownBy(() -> driver.take(30))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(table.qualifiedName())
          .hasMessageContaining("more than 20 rows came within the overlap of 10000 ms")
          .hasMessageContaining("withOverlap")
          .hasMessageContaining("withMaxSeenKeys");
    }
    try (Driver driver =
        new Driver(follow.withMaxSeenKeys(20).withOverlap(Duration.millis(100)).source())) {
      driver.take(30);
      assertThat(driver.rows).hasSize(30);
    }
  }

  @Test
  void partitions_are_shared_out_over_parts_that_begin_together() throws Exception {
    Table table = Events.table(keyspace, "parts");
    FollowSource<Row> source = follow(table).where(Events.shards()).source();
    List<FollowSource<Row>> two = source.split(2, OPTIONS);
    assertThat(two).extracting(FollowSource::partitions).containsExactly(List.of(0, 2), List.of(1));
    assertThat(two.get(0).split(5, OPTIONS))
        .extracting(FollowSource::partitions)
        .containsExactly(List.of(0), List.of(2));
    assertThat(source.split(50, OPTIONS)).hasSize(3);
    assertThat(two.get(0).follow().pace()).isEqualTo(two.get(1).follow().pace());
    assertThat(two.get(0).follow().pace().since())
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());

    long start = System.currentTimeMillis() - 60_000;
    List<Event> events = filled(table, start, 30, 100);
    List<Row> read = new ArrayList<>();
    for (FollowSource<Row> part :
        follow(table)
            .where(Events.shards())
            .since(at(start))
            .until(at(start + 3000))
            .source()
            .split(2, OPTIONS)) {
      try (Driver driver = new Driver(SerializableUtils.clone(part))) {
        driver.take(31);
        read.addAll(driver.rows);
      }
    }
    assertThat(read).hasSize(30).containsExactlyInAnyOrderElementsOf(rows(table, events));
  }

  @Test
  void a_seen_key_is_the_hash_of_the_bytes_of_the_whole_key() throws Exception {
    Table table = Events.table(keyspace, "key");
    long start = System.currentTimeMillis() / 2000 * 2000 - 4000;
    filled(table, start, 1, 1);
    try (Driver driver =
        new Driver(follow(table).where(Events.shards()).since(at(start)).source())) {
      driver.take(1);
      ByteBuffer key = ByteBuffer.allocate(40);
      key.putInt(4).putInt(0).putInt(8).putLong(start).putInt(8).putLong(start);
      key.putInt(4).putInt(0);
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(key.array()));
      assertThat(driver.reader.getCheckpointMark().seen())
          .containsExactly(new SeenKey(start, hash.getLong(), hash.getLong()));
    }
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
