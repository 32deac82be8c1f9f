package org.pharos.pipelines.events;

import java.util.Objects;
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
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.BadRecords;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * Events in; those out that have the time their column says. {@link EventTimes} could not give it
 * to the others: they have none, or one in the future.
 */
final class CheckTimes extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<Row> TIMED = new TupleTag<>() {};
  private static final TupleTag<BadRecord> BAD = new TupleTag<>() {};

  private final String column;
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private CheckTimes(String column, @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.column = column;
    this.handler = handler;
  }

  /** By this column; events without a time go to the handler, or fail the job if there is none. */
  static CheckTimes of(String column, @Nullable ErrorHandler<BadRecord, ?> handler) {
    return new CheckTimes(column, handler);
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> events) {
    PCollectionTuple checked =
        events.apply(
            "Check",
            ParDo.of(new CheckFn(column, handler != null))
                .withOutputTags(
                    TIMED, handler == null ? TupleTagList.empty() : TupleTagList.of(BAD)));
    if (handler != null) {
      BadRecords.send(checked.get(BAD).setCoder(BadRecord.getCoder(events.getPipeline())), handler);
    }
    return checked.get(TIMED).setRowSchema(events.getSchema());
  }

  private static final class CheckFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final boolean setsAside;

    CheckFn(String column, boolean setsAside) {
      this.column = column;
      this.setsAside = setsAside;
    }

    @ProcessElement
    public void check(@Element Row event, @Timestamp Instant timestamp, MultiOutputReceiver out) {
      ReadableInstant time = event.getDateTime(column);
      if (time != null && Objects.equals(time.toInstant(), timestamp)) {
        out.get(TIMED).output(event);
        return;
      }
      Rejection rejection =
          new Rejection(
              "CheckTimes",
              Reason.TIME,
              time == null
                  ? "the event has no " + column
                  : column + " is " + time.toInstant() + ", which was in the future");
      IllegalArgumentException cause = new IllegalArgumentException(rejection.detail());
      if (!setsAside) {
        throw cause;
      }
      out.get(BAD).output(rejection.badRecord(event, cause));
    }
  }
}
