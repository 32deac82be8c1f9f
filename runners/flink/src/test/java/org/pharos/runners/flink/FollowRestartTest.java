package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.EventTime;
import org.pharos.transforms.cassandra.Filter;
import org.pharos.transforms.cassandra.FollowTable;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/** A table is followed on Flink, with checkpoints, by a job that fails once. */
@WithCassandra
class FollowRestartTest implements Serializable {
  private static final int EVENTS = 150;
  private static final int LAST_BEFORE_FAILURE = 75;
  private static final long APART = 20;
  private static final long LATE = 1000;
  private static final long BUCKET = 2000;

  /** What went through the job, until it failed and when it was started again. */
  private record Passed(int id, long late, boolean restarted) {}

  /** An event and when it happened. */
  private record Event(int id, Instant at) {
    Instant bucket() {
      return Instant.ofEpochMilli(at.toEpochMilli() / BUCKET * BUCKET);
    }

    boolean isLate() {
      return id % 5 == 0;
    }
  }

  private static final Queue<Passed> PASSED = new ConcurrentLinkedQueue<>();
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static final CountDownLatch READING = new CountDownLatch(1);

  @Test
  @Tag("slow")
  void rows_that_are_written_reach_the_target_across_a_failure(
      TestKeyspace keyspace, CassandraCluster cluster) throws Exception {
    Table source =
        Table.named(keyspace.name(), "source")
            .partitionKey("shard", CqlType.INT)
            .bucketedBy(Bucket.byTime("bucket", "at", Duration.millis(BUCKET)))
            .clusteringKey("at", CqlType.TIMESTAMP)
            .clusteringKey("id", CqlType.INT)
            .build();
    Table target =
        Table.named(keyspace.name(), "target")
            .partitionKey("id", CqlType.INT)
            .column("shard", CqlType.INT)
            .column("bucket", CqlType.TIMESTAMP)
            .column("at", CqlType.TIMESTAMP)
            .build();
    source.createStatements().forEach(cql -> keyspace.execute(cql));
    target.createStatements().forEach(cql -> keyspace.execute(cql));
    Event first = new Event(0, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    insert(keyspace, first);
    CompletableFuture<List<Event>> written =
        CompletableFuture.supplyAsync(() -> writeWhenItIsRead(keyspace));

    run(
        FollowTable.of(source)
            .from(connection(cluster))
            .where(Filter.in("shard", 0, 1, 2))
            .since(org.joda.time.Instant.ofEpochMilli(first.at().toEpochMilli()))
            .until(org.joda.time.Instant.ofEpochMilli(first.at().toEpochMilli() + 20_000))
            .withPollInterval(Duration.millis(200))
            .withOverlap(Duration.standardSeconds(4)),
        WriteTable.of(target).to(connection(cluster)));

    List<String> rows = new ArrayList<>();
    for (Row row : keyspace.execute("SELECT id, shard, bucket, at FROM target")) {
      rows.add(
          row.getInt(0) + " " + row.getInt(1) + " " + row.getInstant(2) + " " + row.getInstant(3));
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(first), written.get(1, TimeUnit.MINUTES).stream())
                .map(
                    each -> each.id() + " " + each.id() % 3 + " " + each.bucket() + " " + each.at())
                .toList());
    assertThat(FAILED).isTrue();
    assertThat(PASSED)
        .as("after the failure it goes on, it does not begin anew")
        .filteredOn(Passed::restarted)
        .extracting(Passed::id)
        .isNotEmpty()
        .doesNotContain(0, 1, 2, 3, 4)
        .doesNotHaveDuplicates();
    assertThat(PASSED)
        .as("a row that is written at its time is there within seconds")
        .filteredOn(passed -> !passed.restarted() && passed.id() % 5 != 0)
        .isNotEmpty()
        .allMatch(passed -> passed.late() < 3000);
  }

  private static void run(FollowTable follow, WriteTable write) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=FlinkRunner",
                    "--flinkMaster=[auto]",
                    "--parallelism=2",
                    "--checkpointingInterval=300",
                    "--numberOfExecutionRetries=2",
                    "--executionRetryDelay=200")
                .create());
    PCollection<org.apache.beam.sdk.values.Row> rows = pipeline.apply("Follow", follow);
    WriteResult ignored =
        rows.apply("Stumble", ParDo.of(new StumbleFn()))
            .setRowSchema(rows.getSchema())
            .apply(
                Window.<org.apache.beam.sdk.values.Row>configure()
                    .triggering(Repeatedly.forever(AfterProcessingTime.pastFirstElementInPane()))
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply("Write", write.byEventTime(EventTime.ofElement()));
    pipeline.run().waitUntilFinish();
  }

  private static CassandraConnection connection(CassandraCluster cluster) {
    return CassandraConnection.to(cluster.contactPoints())
        .withLocalDatacenter(cluster.datacenter());
  }

  /** Each at its time, but every fifth a second later. */
  private static List<Event> writeWhenItIsRead(TestKeyspace keyspace) {
    try {
      READING.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    long start = System.currentTimeMillis();
    List<Event> events =
        IntStream.rangeClosed(1, EVENTS)
            .mapToObj(id -> new Event(id, Instant.ofEpochMilli(start + id * APART)))
            .toList();
    events.stream()
        .sorted(Comparator.comparing(FollowRestartTest::written))
        .forEach(
            event -> {
              sleepUntil(written(event));
              insert(keyspace, event);
            });
    return events;
  }

  private static long written(Event event) {
    return event.at().toEpochMilli() + (event.isLate() ? LATE : 0);
  }

  private static void insert(TestKeyspace keyspace, Event event) {
    keyspace.execute(
        "INSERT INTO source (shard, bucket, at, id) VALUES (?, ?, ?, ?)",
        event.id() % 3,
        event.bucket(),
        event.at(),
        event.id());
  }

  private static void sleepUntil(long time) {
    try {
      Thread.sleep(Math.max(0, time - System.currentTimeMillis()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class StumbleFn
      extends DoFn<org.apache.beam.sdk.values.Row, org.apache.beam.sdk.values.Row> {
    private static final long serialVersionUID = 1L;

    private transient boolean restarted;

    /** The other task of the attempt that fails goes on for a moment: it is not restarted. */
    @Setup
    public void setUp() {
      restarted = FAILED.get();
    }

    @ProcessElement
    public void process(
        @Element org.apache.beam.sdk.values.Row row,
        @Timestamp org.joda.time.Instant at,
        OutputReceiver<org.apache.beam.sdk.values.Row> out) {
      int id = row.getInt32("id");
      READING.countDown();
      if (id > LAST_BEFORE_FAILURE && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("fails once, as it must");
      }
      PASSED.add(new Passed(id, System.currentTimeMillis() - at.getMillis(), restarted));
      out.output(row);
    }
  }
}
