package org.pharos.pipelines.events;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.pipelines.Panes;
import org.pharos.pipelines.kafka.Messages;
import org.pharos.pipelines.kafka.ReadMessages;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.EventTime;
import org.pharos.transforms.cassandra.Nulls;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * Events from Kafka into a table, the last event of a key wins: however often messages are read
 * again, and in whatever order they come, the table ends up the same.
 */
public final class IngestEvents {
  private IngestEvents() {}

  /** The options of this pipeline. */
  public interface Options extends EventOptions {
    @Description("The table of the keyspace to write; its columns say what events look like.")
    @Validation.Required
    String getTable();

    void setTable(String table);

    @Description(
        "The column, a timestamp, that says when an event happened; the last event of a key wins."
            + " By default it is the time of the message.")
    @Nullable String getTimeColumn();

    void setTimeColumn(@Nullable String column);

    @Description("The column of integers, 0 to 999, that orders events of one millisecond.")
    @Nullable String getSequenceColumn();

    void setSequenceColumn(@Nullable String column);

    @Description("The column, a timestamp, that says when a row expires. By default none does.")
    @Nullable String getExpiryColumn();

    void setExpiryColumn(@Nullable String column);

    @Description(
        "What a null or missing member does: PARTIAL leaves the column as it is, REPLACE deletes"
            + " what older events wrote there.")
    @Default.Enum("PARTIAL")
    Nulls getNulls();

    void setNulls(Nulls nulls);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "ingest-events",
            "events from Kafka, JSON or Avro, into a table; the last event of a key wins",
            Options.class,
            IngestEvents::assemble)
        .checking(IngestEvents::check)
        .describing(options -> List.of(options.getTable()))
        .writing(DeadLetters::tables)
        .streaming();
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CassandraConnection connection = Connections.from(options);
    Table table = DescribedTables.named(options, options.getTable());
    DecodeEvents decode =
        DecodeEvents.into(table, EventOptions.format(options))
            .withKeyColumn(options.getKeyColumn());
    WriteTable write =
        WriteTable.of(table)
            .to(connection)
            .carrying(DecodeEvents.MESSAGE)
            .byEventTime(eventTime(options))
            .withNulls(options.getNulls());
    PCollection<KafkaRecord<byte[], byte[]>> messages =
        pipeline.apply("Read messages", ReadMessages.from(options));
    DeadLetters letters = DeadLetters.from(options, connection, decode.schema());
    if (letters == null) {
      write(messages, decode, write);
      return;
    }
    try (ErrorHandler.BadRecordErrorHandler<?> handler =
        pipeline.registerBadRecordErrorHandler(letters)) {
      write(messages, decode.withErrorHandler(handler), write.withErrorHandler(handler));
    }
  }

  private static void write(
      PCollection<KafkaRecord<byte[], byte[]>> messages, DecodeEvents decode, WriteTable write) {
    PCollection<Row> events = messages.apply("Decode events", decode);
    var ignored =
        events.apply("Count by minutes", Panes.everyMinute()).apply("Write events", write);
  }

  private static EventTime eventTime(Options options) {
    String column = options.getTimeColumn();
    EventTime time =
        column == null ? EventTime.by(IngestEvents::messageTime) : EventTime.from(column);
    String sequence = options.getSequenceColumn();
    if (sequence != null) {
      time = time.withSequence(sequence);
    }
    String expiry = options.getExpiryColumn();
    return expiry == null ? time : time.withExpiry(expiry);
  }

  private static @Nullable Instant messageTime(Row event) {
    Row message = event.getRow(DecodeEvents.MESSAGE);
    return message == null ? null : message.getDateTime(Messages.TIMESTAMP).toInstant();
  }

  private static void check(Options options) {
    EventOptions.check(options);
    if (options.getTable().equals(options.getDeadLetterTable())) {
      throw new BadOption("deadLetterTable", options.getTable(), "is the table of the events");
    }
  }
}
