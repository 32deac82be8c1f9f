package org.pharos.pipelines.events;

import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.CustomTimestampPolicyWithLimitedDelay;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.json.JsonRows;

/**
 * The times of messages, and a watermark that follows the latest of a partition by how far events
 * come out of order; where a partition has nothing new, by the clock.
 *
 * <p>A message whose event has no time, or one in the future, has that of the message instead, or
 * the time now if that lies in the future too: it must not drive the watermark.
 */
final class EventTimes
    implements TimestampPolicyFactory<byte[], byte[]>,
        SerializableFunction<KafkaRecord<byte[], byte[]>, Instant> {
  private static final long serialVersionUID = 1L;

  private final MessageFormat format;
  private final @Nullable JsonRows column;
  private final Duration outOfOrder;

  /**
   * @param column the one column, a timestamp, that says when an event happened; null for the
   *     message's time
   */
  EventTimes(MessageFormat format, @Nullable JsonRows column, Duration outOfOrder) {
    this.format = format;
    this.column = column;
    this.outOfOrder = outOfOrder;
  }

  @Override
  public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
      TopicPartition partition, Optional<Instant> previousWatermark) {
    return new ByLatestEvent(this, outOfOrder, previousWatermark);
  }

  /** Beam's policy, which alone would hold all back while a partition has never had a message. */
  private static final class ByLatestEvent
      extends CustomTimestampPolicyWithLimitedDelay<byte[], byte[]> {
    private final Duration outOfOrder;
    private Instant latest = BoundedWindow.TIMESTAMP_MIN_VALUE;
    private boolean read;

    ByLatestEvent(EventTimes times, Duration outOfOrder, Optional<Instant> previousWatermark) {
      super(times, outOfOrder, previousWatermark);
      this.outOfOrder = outOfOrder;
    }

    @Override
    public Instant getTimestampForRecord(
        PartitionContext context, KafkaRecord<byte[], byte[]> message) {
      read = true;
      return super.getTimestampForRecord(context, message);
    }

    @Override
    public Instant getWatermark(PartitionContext context) {
      Instant watermark = super.getWatermark(context);
      if (!read && context.getMessageBacklog() == 0) {
        watermark = context.getBacklogCheckTime().minus(outOfOrder);
      }
      latest = watermark.isAfter(latest) ? watermark : latest;
      return latest;
    }
  }

  @Override
  public Instant apply(KafkaRecord<byte[], byte[]> message) {
    Instant now = Instant.now();
    Instant said = said(message);
    if (said != null && !said.isAfter(now)) {
      return said;
    }
    Instant sent = Instant.ofEpochMilli(message.getTimestamp());
    return sent.isAfter(now) ? now : sent;
  }

  private @Nullable Instant said(KafkaRecord<byte[], byte[]> message) {
    byte[] value = message.getKV().getValue();
    if (column == null || value == null) {
      return null;
    }
    try {
      ReadableInstant time = (ReadableInstant) column.cells(format.object(value)).get(0);
      return time == null ? null : time.toInstant();
    } catch (IOException | IllegalArgumentException e) {
      // No event: the step that decodes it will say so.
      return null;
    }
  }
}
