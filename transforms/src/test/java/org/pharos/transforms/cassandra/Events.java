package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

/** What the tests of following share: tables of events by the time they came. */
final class Events {
  static final int SHARDS = 3;
  private static final long WIDTH = 2000;

  private Events() {}

  /** An event: which one, and when it came. */
  record Event(int id, long at) {
    int shard() {
      return id % SHARDS;
    }
  }

  /** In shards, and buckets of two seconds, the latest first. */
  static Table table(TestKeyspace keyspace, String name) {
    return Table.named(keyspace.name(), name)
        .partitionKey("shard", CqlType.INT)
        .bucketedBy(Bucket.byTime("bucket", "at", Duration.millis(WIDTH)))
        .clusteringKey("at", CqlType.TIMESTAMP, Order.DESCENDING)
        .clusteringKey("id", CqlType.INT)
        .column("value", CqlType.TEXT)
        .build();
  }

  /** In buckets of two seconds, by timeuuid. */
  static Table byUuid(TestKeyspace keyspace, String name) {
    return Table.named(keyspace.name(), name)
        .bucketedBy(Bucket.byTime("bucket", "came", Duration.millis(WIDTH)))
        .clusteringKey("came", CqlType.TIMEUUID)
        .column("value", CqlType.TEXT)
        .build();
  }

  static Filter shards() {
    return Filter.in("shard", 0, 1, 2);
  }

  static void insert(TestKeyspace keyspace, Table table, Event event) {
    keyspace.execute(
        "INSERT INTO " + table.name() + " (shard, bucket, at, id, value) VALUES (?, ?, ?, ?, ?)",
        event.shard(),
        Instant.ofEpochMilli(event.at() - event.at() % WIDTH),
        Instant.ofEpochMilli(event.at()),
        event.id(),
        "v" + event.id());
  }

  static Row row(Table table, Event event) {
    return Row.withSchema(table.rowSchema())
        .addValues(
            event.shard(),
            org.joda.time.Instant.ofEpochMilli(event.at() - event.at() % WIDTH),
            org.joda.time.Instant.ofEpochMilli(event.at()),
            event.id(),
            "v" + event.id())
        .build();
  }

  /** A row of the table by timeuuid, which is inserted. */
  static Row insertByUuid(TestKeyspace keyspace, Table table, long at, int number) {
    UUID start = Uuids.startOf(at);
    // Several of one millisecond: its next 100 ns, the low part of the time, which stands first.
    UUID came =
        new UUID(
            start.getMostSignificantBits() + ((long) number << 32),
            start.getLeastSignificantBits());
    keyspace.execute(
        "INSERT INTO " + table.name() + " (bucket, came, value) VALUES (?, ?, ?)",
        Instant.ofEpochMilli(at - at % WIDTH),
        came,
        "v" + number);
    return Row.withSchema(table.rowSchema())
        .addValues(org.joda.time.Instant.ofEpochMilli(at - at % WIDTH), came, "v" + number)
        .build();
  }

  /** So many events from a time on, so many milliseconds apart. */
  static List<Event> from(long start, int count, long apart) {
    List<Event> events = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      events.add(new Event(id, start + id * apart));
    }
    return events;
  }

  /** Inserts events when their moments come: of each its delay after its time. */
  static final class Writer implements AutoCloseable {
    private final Thread thread;

    Writer(TestKeyspace keyspace, Table table, List<Event> events, ToLongFunction<Event> delay) {
      List<Event> inOrder = new ArrayList<>(events);
      inOrder.sort(Comparator.comparingLong(event -> event.at() + delay.applyAsLong(event)));
      this.thread =
          new Thread(
              () -> {
                for (Event event : inOrder) {
                  long left = event.at() + delay.applyAsLong(event) - System.currentTimeMillis();
                  if (left > 0) {
                    sleep(left);
                  }
                  insert(keyspace, table, event);
                }
              });
      thread.start();
    }

    private static void sleep(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
