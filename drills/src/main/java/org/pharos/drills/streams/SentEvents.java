package org.pharos.drills.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.pharos.drills.rows.EventRows;
import org.pharos.drills.rows.NumberedRows;

/**
 * Sends the events of rows to a topic as the world does: of a hundred one is sent twice, one comes
 * thousands of events after its neighbours, and one is followed by an older event of the same key
 * with other content, which must not win; of a thousand one is followed by something that is no
 * event.
 */
public final class SentEvents implements AutoCloseable {
  private static final int DOUBLED = 10;
  private static final int DELAYED = 20;
  private static final int OUTDATED = 30;
  private static final int MALFORMED = 440;
  private static final long DELAY = 5_000;
  private static final long HOUR_MILLIS = 3_600_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventRows rows;
  private final String topic;
  private final List<String> columns;
  private final KafkaProducer<byte[], byte[]> producer;
  private final CountDownLatch sent = new CountDownLatch(1);
  private final AtomicLong messages = new AtomicLong();
  private final Map<Integer, Long> last = new ConcurrentHashMap<>();
  private final Set<String> malformed = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** Begins to send, on a thread of its own. */
  public SentEvents(EventRows rows, String bootstrapServers, String topic) {
    this.rows = rows;
    this.topic = topic;
    this.columns =
        rows.table("any", "any").columns().stream().map(column -> column.name()).toList();
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    this.producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    Thread thread = new Thread(this::sendAll, "events");
    thread.setDaemon(true);
    thread.start();
  }

  private void sendAll() {
    try {
      for (long number = 0; number < rows.count() + DELAY; number++) {
        long delayed = number - DELAY;
        if (delayed >= 0 && is(delayed, DELAYED)) {
          sendEvent(delayed, 0);
        }
        if (number < rows.count() && !is(number, DELAYED)) {
          sendWithCompany(number);
        }
      }
      producer.flush();
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      sent.countDown();
    }
  }

  private void sendWithCompany(long number) {
    sendEvent(number, 0);
    if (is(number, DOUBLED)) {
      sendEvent(number, 0);
    }
    if (is(number, OUTDATED)) {
      sendEvent(number, HOUR_MILLIS);
    }
    if (number % 1_000 == MALFORMED) {
      sendMalformed(number);
    }
  }

  private static boolean is(long number, int kind) {
    return number % 100 == kind;
  }

  /** How many of the rows have a message of a kind beside their own. */
  private static long count(long rows, long every, long first) {
    return rows <= first ? 0 : (rows - first - 1) / every + 1;
  }

  private void sendEvent(long number, long olderMillis) {
    ObjectNode event = JSON.createObjectNode();
    List<Object> values = rows.values(number);
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      if (value instanceof Instant at) {
        event.put(columns.get(i), at.minusMillis(olderMillis).toString());
      } else if (value instanceof Long whole) {
        event.put(columns.get(i), whole);
      } else if (value instanceof Integer whole) {
        event.put(columns.get(i), olderMillis == 0 ? whole : whole + 1);
      } else if (value instanceof Double real) {
        event.put(columns.get(i), olderMillis == 0 ? real : -real - 1);
      } else {
        event.put(columns.get(i), olderMillis == 0 ? value.toString() : "outdated " + value);
      }
    }
    send(key(number), event.toString(), number);
  }

  private void sendMalformed(long number) {
    String text = "{\"" + NumberedRows.NUMBER + "\": " + number + ", broken";
    messages.incrementAndGet();
    var ignored =
        producer.send(
            new ProducerRecord<>(topic, bytes(key(number)), bytes(text)),
            (place, e) -> {
              if (e != null) {
                fail(e);
              } else {
                boolean unused = malformed.add(place.partition() + ":" + place.offset());
              }
            });
  }

  private void send(String key, String value, long number) {
    messages.incrementAndGet();
    var ignored =
        producer.send(
            new ProducerRecord<>(topic, bytes(key), bytes(value)),
            (place, e) -> {
              if (e != null) {
                fail(e);
              } else {
                last.put(place.partition(), number);
              }
            });
  }

  private String key(long number) {
    return String.valueOf(rows.values(number).get(0));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void fail(Exception e) {
    boolean ignored = failure.compareAndSet(null, e);
  }

  /**
   * Waits until the broker has all of them.
   *
   * @throws IllegalStateException if it did not take one
   */
  public void await() {
    try {
      sent.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while events were sent", e);
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Kafka did not take an event: " + failed, failed);
    }
  }

  /** How many messages were sent so far, of all kinds. */
  public long messages() {
    return messages.get();
  }

  /** The number of the last event of each partition of the topic; whole after {@link #await}. */
  public Set<Long> last() {
    return new TreeSet<>(last.values());
  }

  /** Where those lie that are no events, as {@code partition:offset}; whole after await. */
  public Set<String> malformed() {
    return Set.copyOf(malformed);
  }

  /** What was sent beside one event a row. */
  public String company() {
    long n = rows.count();
    return String.format(
        java.util.Locale.ROOT,
        "%,d sent twice, %,d late, %,d followed by an older one, %,d malformed",
        count(n, 100, DOUBLED),
        count(n, 100, DELAYED),
        count(n, 100, OUTDATED),
        count(n, 1_000, MALFORMED));
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }
}
