package org.pharos.pipelines.events;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.TimeSpan;
import org.pharos.pipelines.json.JsonRows;
import org.pharos.pipelines.kafka.ReadMessages;
import org.pharos.schemas.Table;

/**
 * Events from Kafka with the times at which they happened, for what goes on with them; messages
 * that are no events, or have no time, go where the options say, or fail the job.
 */
public final class TimedEvents {
  private final Table events;
  private final @Nullable String timeColumn;

  private TimedEvents(Table events, @Nullable String timeColumn) {
    this.events = events;
    this.timeColumn = timeColumn;
  }

  /** What goes on with events. */
  @FunctionalInterface
  public interface Use {
    /**
     * Applies what is to come.
     *
     * @param handler of events that cannot be used; null where such an event fails the job
     */
    void apply(PCollection<Row> events, @Nullable ErrorHandler<BadRecord, ?> handler);
  }

  /**
   * Events that look as rows of a table.
   *
   * @param timeColumn the timestamp of theirs that says when they happened; null for the time of
   *     the message
   */
  public static TimedEvents of(Table events, @Nullable String timeColumn) {
    return new TimedEvents(events, timeColumn);
  }

  /**
   * Whether the options on messages and times go together.
   *
   * @throws org.pharos.pipelines.BadOption if not
   */
  public static void check(TimedEventOptions options) {
    EventOptions.check(options);
    var late = TimeSpan.of("allowedLateness", options.getAllowedLateness());
    var delay = TimeSpan.of("outOfOrder", options.getOutOfOrder());
    assert late != null && delay != null;
  }

  /** Reads what the options say. */
  public void read(Pipeline pipeline, TimedEventOptions options, Use use) {
    DecodeEvents decode =
        DecodeEvents.into(events, EventOptions.format(options))
            .withKeyColumn(options.getKeyColumn());
    EventTimes times =
        new EventTimes(
            EventOptions.format(options),
            timeColumn == null ? null : JsonRows.of(events, List.of(timeColumn)),
            TimeSpan.of("outOfOrder", options.getOutOfOrder()));
    PCollection<KafkaRecord<byte[], byte[]>> messages =
        pipeline.apply("Read messages", ReadMessages.from(options).withTimes(times));
    DeadLetters letters = DeadLetters.from(options, Connections.from(options), decode.schema());
    if (letters == null) {
      use.apply(timed(messages, decode, null), null);
      return;
    }
    try (ErrorHandler.BadRecordErrorHandler<?> handler =
        pipeline.registerBadRecordErrorHandler(letters)) {
      use.apply(timed(messages, decode.withErrorHandler(handler), handler), handler);
    }
  }

  private PCollection<Row> timed(
      PCollection<KafkaRecord<byte[], byte[]>> messages,
      DecodeEvents decode,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    PCollection<Row> decoded = messages.apply("Decode events", decode);
    return timeColumn == null
        ? decoded
        : decoded.apply("Check times", CheckTimes.of(timeColumn, handler));
  }
}
