package org.pharos.pipelines.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.json.JsonRows;
import org.pharos.pipelines.kafka.Messages;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.BadRecords;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * Messages in, rows of a table out: the columns of the table but its bucket, and behind them the
 * message itself ({@link #MESSAGE}, a ROW of {@link Messages#SCHEMA}), so that a row that is
 * refused later still tells which message it was. A member that is missing or null is a null cell.
 *
 * <p>A message that is no event (no value, not of the format, a member that does not fit its
 * column) fails the pipeline, or goes to {@link #withErrorHandler} as a row of {@link
 * Messages#SCHEMA}. Whether the key is complete is left to the writer.
 */
final class DecodeEvents
    extends PTransform<PCollection<KafkaRecord<byte[], byte[]>>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  /** The field with the message; no column that was not named on purpose has such a name. */
  static final String MESSAGE = "kafka:message";

  /** What this step calls itself in bad records. */
  static final String STEP = "DecodeEvents";

  private static final TupleTag<Row> ROWS = new TupleTag<>() {};
  private static final TupleTag<BadRecord> BAD = new TupleTag<>() {};

  private final JsonRows rows;
  private final Schema schema;
  private final MessageFormat format;
  private final @Nullable String keyColumn;
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private DecodeEvents(
      JsonRows rows,
      MessageFormat format,
      @Nullable String keyColumn,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.rows = rows;
    this.schema = schema(rows);
    this.format = format;
    this.keyColumn = keyColumn;
    this.handler = handler;
  }

  /** Into rows of this table. */
  static DecodeEvents into(Table table, MessageFormat format) {
    return new DecodeEvents(JsonRows.of(table), format, null, null);
  }

  /** The message's key is the text of this column; by default keys are not looked at. */
  DecodeEvents withKeyColumn(@Nullable String column) {
    return new DecodeEvents(rows, format, column, handler);
  }

  /** Sets messages aside that are no events, instead of failing. */
  DecodeEvents withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new DecodeEvents(rows, format, keyColumn, handler);
  }

  /** The schema of the rows. */
  Schema schema() {
    return schema;
  }

  private static Schema schema(JsonRows rows) {
    return Schema.builder()
        .addFields(rows.schema().getFields())
        .addRowField(MESSAGE, Messages.SCHEMA)
        .build();
  }

  @Override
  public PCollection<Row> expand(PCollection<KafkaRecord<byte[], byte[]>> messages) {
    PCollectionTuple decoded =
        messages.apply(
            "Decode",
            ParDo.of(new DecodeFn(rows, schema, format, keyColumn, handler != null))
                .withOutputTags(
                    ROWS, handler == null ? TupleTagList.empty() : TupleTagList.of(BAD)));
    if (handler != null) {
      BadRecords.send(
          decoded.get(BAD).setCoder(BadRecord.getCoder(messages.getPipeline())), handler);
    }
    return decoded.get(ROWS).setRowSchema(schema);
  }

  private static final class DecodeFn extends DoFn<KafkaRecord<byte[], byte[]>, Row> {
    private static final long serialVersionUID = 1L;
    private final Counter messages = Metrics.counter(DecodeEvents.class, "messages_read");
    private final Counter bad = Metrics.counter(DecodeEvents.class, "messages_rejected");
    private final JsonRows rows;
    private final Schema schema;
    private final MessageFormat format;
    private final @Nullable String keyColumn;
    private final boolean setsAside;

    DecodeFn(
        JsonRows rows,
        Schema schema,
        MessageFormat format,
        @Nullable String keyColumn,
        boolean setsAside) {
      this.rows = rows;
      this.schema = schema;
      this.format = format;
      this.keyColumn = keyColumn;
      this.setsAside = setsAside;
    }

    @ProcessElement
    public void decode(@Element KafkaRecord<byte[], byte[]> message, MultiOutputReceiver out) {
      messages.inc();
      Row original = Messages.row(message);
      Row row;
      try {
        row = row(original, message.getKV().getKey(), message.getKV().getValue());
      } catch (IOException | IllegalArgumentException e) {
        bad.inc();
        reject(original, e, out);
        return;
      }
      out.get(ROWS).output(row);
    }

    private Row row(Row original, byte @Nullable [] key, byte @Nullable [] value)
        throws IOException {
      if (value == null) {
        throw new IOException("the message has no value");
      }
      ObjectNode object = format.object(value);
      if (keyColumn != null) {
        object.set(keyColumn, key == null ? object.nullNode() : TextNode.valueOf(text(key)));
      }
      List<@Nullable Object> cells = rows.cells(object);
      cells.add(original);
      return Row.withSchema(schema).attachValues(cells);
    }

    private static String text(byte[] key) throws IOException {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      } catch (CharacterCodingException e) {
        throw new IOException("the key is no text in UTF-8", e);
      }
    }

    private void reject(Row original, Exception e, MultiOutputReceiver out) {
      Rejection rejection = new Rejection(STEP, Reason.MAPPING, String.valueOf(e.getMessage()));
      if (!setsAside) {
        throw new IllegalArgumentException(
            rejection.detail()
                + " (message at offset "
                + original.getInt64(Messages.OFFSET)
                + " of partition "
                + original.getInt32(Messages.PARTITION)
                + " of topic "
                + original.getString(Messages.TOPIC)
                + "); --deadLetterTopic or --deadLetterTable sets such messages aside",
            e);
      }
      out.get(BAD).output(rejection.badRecord(original, e));
    }
  }
}
