package org.pharos.pipelines.events;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.Panes;
import org.pharos.pipelines.kafka.KafkaClients;
import org.pharos.pipelines.kafka.Messages;
import org.pharos.pipelines.kafka.WriteMessages;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.WriteTable;
import org.pharos.transforms.errors.Rejection;

/**
 * Where messages go that could not become rows: as they were, with their place and what is wrong.
 * At least once; of one that comes twice, topic, partition and offset tell.
 */
final class DeadLetters extends PTransform<PCollection<BadRecord>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  static final String STEP = "step";
  static final String REASON = "reason";
  static final String DETAIL = "detail";

  private static final Schema SCHEMA =
      Schema.builder()
          .addFields(Messages.SCHEMA.getFields())
          .addStringField(STEP)
          .addStringField(REASON)
          .addStringField(DETAIL)
          .build();

  /** What the headers begin with. */
  private static final String HEADER = "pharos.";

  private final Schema events;
  private final PTransform<PCollection<Row>, ?> target;

  private DeadLetters(Schema events, PTransform<PCollection<Row>, ?> target) {
    this.events = events;
    this.target = target;
  }

  /** Where the options say; null if they do not. */
  static @Nullable DeadLetters from(
      EventOptions options, CassandraConnection connection, Schema events) {
    String topic = options.getDeadLetterTopic();
    if (topic != null) {
      return toTopic(events, KafkaClients.from(options), topic);
    }
    List<Table> tables = tables(options);
    return tables.isEmpty() ? null : toTable(events, connection, tables.get(0));
  }

  /** The tables that the options name: one or none. */
  static List<Table> tables(EventOptions options) {
    String table = options.getDeadLetterTable();
    return table == null ? List.of() : List.of(table(options.getKeyspace(), table));
  }

  /**
   * Into a topic: key, value and time as they were; where they lay and what is wrong in headers
   * {@code pharos.topic}, {@code .partition}, {@code .offset}, {@code .step}, {@code .reason},
   * {@code .detail}, all of them text.
   *
   * @param events the schema of rows that were decoded and then refused
   */
  static DeadLetters toTopic(Schema events, KafkaClients clients, String topic) {
    return new DeadLetters(events, new ToTopic(clients, topic));
  }

  /** Into the {@link #table}. */
  static DeadLetters toTable(Schema events, CassandraConnection connection, Table table) {
    return new DeadLetters(events, new ToTable(connection, table));
  }

  /** The table: partitions of a topic and an hour. */
  static Table table(String keyspace, String name) {
    return Table.named(keyspace, name)
        .partitionKey(Messages.TOPIC, CqlType.TEXT)
        .bucketedBy(Bucket.byTime("hour", Messages.TIMESTAMP, Duration.standardHours(1)))
        .clusteringKey(Messages.TIMESTAMP, CqlType.TIMESTAMP, Order.DESCENDING)
        .clusteringKey(Messages.PARTITION, CqlType.INT)
        .clusteringKey(Messages.OFFSET, CqlType.BIGINT)
        .column(Messages.KEY, CqlType.BLOB)
        .column(Messages.VALUE, CqlType.BLOB)
        .column(STEP, CqlType.TEXT)
        .column(REASON, CqlType.TEXT)
        .column(DETAIL, CqlType.TEXT)
        .build();
  }

  @Override
  public PCollection<Row> expand(PCollection<BadRecord> bad) {
    PCollection<Row> letters =
        bad.apply("Find the message", ParDo.of(new LetterFn(events))).setRowSchema(SCHEMA);
    var ignored = letters.apply("Set aside", target);
    return letters;
  }

  private static final class LetterFn extends DoFn<BadRecord, Row> {
    private static final long serialVersionUID = 1L;
    private final Schema events;

    LetterFn(Schema events) {
      this.events = events;
    }

    @ProcessElement
    public void letter(@Element BadRecord bad, OutputReceiver<Row> out) throws IOException {
      Rejection rejection = Rejection.of(bad);
      Row message =
          rejection.step().equals(DecodeEvents.STEP)
              ? original(bad, Messages.SCHEMA)
              : original(bad, events).getRow(DecodeEvents.MESSAGE);
      if (message == null) {
        throw new IllegalStateException("a row without its message: " + rejection.description());
      }
      List<@Nullable Object> values = new ArrayList<>(message.getValues());
      values.add(rejection.step());
      values.add(rejection.reason().name());
      values.add(rejection.detail());
      out.output(Row.withSchema(SCHEMA).attachValues(values));
    }

    private static Row original(BadRecord bad, Schema schema) throws IOException {
      byte[] encoded = bad.getRecord().getEncodedRecord();
      if (encoded == null) {
        throw new IllegalStateException("a bad record without its original");
      }
      return RowCoder.of(schema).decode(new ByteArrayInputStream(encoded));
    }
  }

  private static final class ToTable extends PTransform<PCollection<Row>, PCollection<?>> {
    private static final long serialVersionUID = 1L;
    private final CassandraConnection connection;
    private final Table table;

    ToTable(CassandraConnection connection, Table table) {
      this.connection = connection;
      this.table = table;
    }

    @Override
    public PCollection<?> expand(PCollection<Row> letters) {
      return letters
          .apply("Count by minutes", Panes.everyMinute())
          .apply("Write", WriteTable.of(table).to(connection))
          .counts();
    }
  }

  private static final class ToTopic extends PTransform<PCollection<Row>, PCollection<?>> {
    private static final long serialVersionUID = 1L;
    private final KafkaClients clients;
    private final String topic;

    ToTopic(KafkaClients clients, String topic) {
      this.clients = clients;
      this.topic = topic;
    }

    @Override
    public PCollection<?> expand(PCollection<Row> letters) {
      PCollection<ProducerRecord<byte[], byte[]>> messages =
          letters
              .apply("Make messages", MapElements.via(new MessageFn(topic)))
              .setCoder(WriteMessages.coder());
      var ignored = messages.apply("Write", WriteMessages.to(clients));
      return messages;
    }
  }

  private static final class MessageFn extends SimpleFunction<Row, ProducerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;
    private final String topic;

    MessageFn(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> apply(Row letter) {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(
              topic,
              null,
              time(letter),
              letter.<byte[]>getValue(Messages.KEY),
              letter.<byte[]>getValue(Messages.VALUE));
      for (String field :
          List.of(Messages.TOPIC, Messages.PARTITION, Messages.OFFSET, STEP, REASON, DETAIL)) {
        add(message.headers(), field, String.valueOf(letter.<Object>getValue(field)));
      }
      return message;
    }

    /** Kafka takes no time before 1970, and gives -1 for none. */
    private static @Nullable Long time(Row letter) {
      long millis = letter.getDateTime(Messages.TIMESTAMP).getMillis();
      return millis < 0 ? null : millis;
    }

    private static void add(Headers headers, String field, String text) {
      var ignored = headers.add(HEADER + field, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
