package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.BadRecords;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * Events in, each out once: events that would be one row of their table are one, and the first that
 * comes stays.
 *
 * <pre>{@code
 * events.apply(DistinctEvents.by(SALES).within(Duration.standardDays(2)))
 * }</pre>
 *
 * <p>An event is remembered until the watermark has passed both its time and its arrival by the
 * duration; that is what the state holds, a key of the table an event. Beam's Deduplicate, told the
 * same in event time, counts from the watermark alone, and so forgets at once what comes before
 * there is one: after each start and restart. An event without the whole key goes to the handler,
 * or fails the job if there is none. Bounded or not, each window for itself; what comes out keeps
 * its time.
 */
public final class DistinctEvents extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<Row> WHOLE = new TupleTag<>() {};
  private static final TupleTag<BadRecord> BAD = new TupleTag<>() {};

  private final List<String> key;
  private final Duration within;
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private DistinctEvents(
      List<String> key, Duration within, @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.key = key;
    this.within = within;
    this.handler = handler;
  }

  /** By the primary key of their table, whose bucket follows from the other columns. */
  public static DistinctEvents by(Table events) {
    return new DistinctEvents(
        events.primaryKey().stream()
            .map(Column::name)
            .filter(name -> events.bucket().filter(it -> it.column().equals(name)).isEmpty())
            .toList(),
        Duration.standardDays(1),
        null);
  }

  /**
   * How long an event is remembered. Default: a day.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public DistinctEvents within(Duration duration) {
    if (duration.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("an event is not remembered for " + duration);
    }
    return new DistinctEvents(key, duration, handler);
  }

  /** Sets events aside that lack a part of the key. Default: such an event fails the job. */
  public DistinctEvents withErrorHandler(ErrorHandler<BadRecord, ?> errors) {
    return new DistinctEvents(key, within, Objects.requireNonNull(errors, "errors"));
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> events) {
    Schema schema = events.getSchema();
    Schema keys = Schema.builder().addFields(key.stream().map(schema::getField).toList()).build();
    PCollectionTuple checked =
        events.apply(
            "Check keys",
            ParDo.of(new CheckFn(key, handler != null))
                .withOutputTags(
                    WHOLE, handler == null ? TupleTagList.empty() : TupleTagList.of(BAD)));
    if (handler != null) {
      BadRecords.send(checked.get(BAD).setCoder(BadRecord.getCoder(events.getPipeline())), handler);
    }
    return checked
        .get(WHOLE)
        .setRowSchema(schema)
        .apply("Key events", WithKeys.of(row -> key(keys, row)))
        .setCoder(KvCoder.of(RowCoder.of(keys), RowCoder.of(schema)))
        .apply("First of each", ParDo.of(new FirstOfEachFn(within)))
        .setRowSchema(schema);
  }

  private static Row key(Schema keys, Row row) {
    List<@Nullable Object> values = new ArrayList<>(keys.getFieldCount());
    for (String name : keys.getFieldNames()) {
      values.add(row.getValue(name));
    }
    return Row.withSchema(keys).attachValues(values);
  }

  private static final class CheckFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final List<String> key;
    private final boolean setsAside;

    CheckFn(List<String> key, boolean setsAside) {
      this.key = key;
      this.setsAside = setsAside;
    }

    @ProcessElement
    public void check(@Element Row event, MultiOutputReceiver out) {
      for (String name : key) {
        if (event.getValue(name) == null) {
          Rejection rejection =
              new Rejection("DistinctEvents", Reason.KEY, "the event has no " + name);
          IllegalArgumentException cause = new IllegalArgumentException(rejection.detail());
          if (!setsAside) {
            throw cause;
          }
          out.get(BAD).output(rejection.badRecord(event, cause));
          return;
        }
      }
      out.get(WHOLE).output(event);
    }
  }
}
