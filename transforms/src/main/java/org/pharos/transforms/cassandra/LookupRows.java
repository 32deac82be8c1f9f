package org.pharos.transforms.cassandra;

import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.BadRecords;

/**
 * Elements that hold the key of a table in; each with its row out, or among the missing.
 *
 * <pre>{@code
 * LookupRows.Result customers = purchases.apply(LookupRows.of(CUSTOMERS).from(connection));
 * customers.found();   // KV of the purchase's Row and the customer's
 * customers.missing(); // purchases of customers that are not there
 * }</pre>
 *
 * <p>The elements are Rows, or anything with a schema. Fields are columns by name: the whole
 * partition key (a bucket column may be missing, it is computed) and, in order, any of the
 * clustering columns. With less than the whole key several rows may be found for an element: one KV
 * for each. Every element is found, missing or bad, in its own window, with its own timestamp and
 * pane.
 *
 * <p>Look-ups are sent many at a time. A key that comes again within a bundle, within bounds of
 * memory, is asked for once: an element may see a row as it was a moment before. Repeating a
 * look-up changes nothing. A request that times out or finds too few replicas is repeated, a
 * bounded number of times; then, and for any other error, the bundle fails with a {@link
 * CassandraFailure}. An element whose key is null or that Cassandra refuses fails it too, or goes
 * to {@link #withErrorHandler}.
 */
public final class LookupRows extends PTransform<PCollection<?>, LookupRows.Result> {
  private static final long serialVersionUID = 1;

  private final LookupSettings settings;
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private LookupRows(LookupSettings settings, @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.settings = settings;
    this.handler = handler;
  }

  /** Looks rows of this table up. */
  public static LookupRows of(Table table) {
    return new LookupRows(LookupSettings.of(table), null);
  }

  /** Where the table is. Required. */
  public LookupRows from(CassandraConnection connection) {
    return with(settings.from(connection));
  }

  /**
   * Looks up by these columns. Default: by the partition key and all clustering columns after it
   * that the elements have as fields.
   *
   * @throws IllegalArgumentException unless they are the whole partition key and the first ones of
   *     the clustering columns, in order
   */
  public LookupRows by(String... keyColumns) {
    return with(settings.by(List.of(keyColumns)));
  }

  /**
   * Reads only these columns, in this order. Default: all.
   *
   * @throws IllegalArgumentException if one of them is no column of the table
   */
  public LookupRows withColumns(String... names) {
    return with(settings.withColumns(List.of(names)));
  }

  /** How many replicas must agree on a row. Default: {@link Consistency#LOCAL_QUORUM}. */
  public LookupRows withConsistency(Consistency consistency) {
    return with(settings.withConsistency(consistency));
  }

  /**
   * How many look-ups an instance on a worker has in flight. Default: 256.
   *
   * @throws IllegalArgumentException unless 1 to 10,000
   */
  public LookupRows withMaxInFlight(int lookups) {
    return with(settings.withMaxInFlight(lookups));
  }

  /**
   * Remembers what was found, and what was missing, beyond a bundle: at most so many rows in an
   * instance on a worker, for so long. Default: no longer than a bundle.
   */
  public LookupRows withCache(int rows, Duration timeToLive) {
    return with(settings.withCache(rows, timeToLive));
  }

  /**
   * Elements whose key is null, does not fit or is refused by Cassandra become bad records, in the
   * global window. Default: they fail the pipeline.
   */
  public LookupRows withErrorHandler(ErrorHandler<BadRecord, ?> errors) {
    return new LookupRows(settings, errors);
  }

  /**
   * The left join: each element's Row with one more field, the nullable Row that was found.
   * Elements with several rows come several times, elements without one once, with null.
   *
   * @param field the name of the additional field, which the elements do not have
   */
  public PTransform<PCollection<?>, PCollection<Row>> joining(String field) {
    return new LeftJoin(this, field);
  }

  /**
   * The same with records in place of Rows: the elements, which are records or anything else with a
   * schema, come out as they came in, each with the record that was found. The record's components
   * are columns; what the record lacks is not read.
   *
   * <pre>{@code
   * LookupResult<Purchase, Customer> found =
   *     purchases.apply(LookupRows.of(CUSTOMERS).from(connection).as(Customer.class));
   * }</pre>
   *
   * @param <T> the elements
   * @throws IllegalArgumentException if the record needs what is not read, or another type; the
   *     message names all such fields
   */
  public <T, R extends Record> PTransform<PCollection<T>, LookupResult<T, R>> as(Class<R> type) {
    return new LookupRecords<>(this, type);
  }

  LookupRows through(Requests.Through requests) {
    return with(settings.through(requests));
  }

  private LookupRows with(LookupSettings changed) {
    return new LookupRows(changed, handler);
  }

  @Override
  public Result expand(PCollection<?> input) {
    PCollection<Row> rows = rows(input);
    return new Result(
        result(rows, answers(rows), decode(), row -> row, RowCoder.of(foundSchema())));
  }

  Schema foundSchema() {
    return settings.projection().schema();
  }

  /** Makes Rows of answers. */
  DecodeRows decode() {
    return new DecodeRows(settings.projection());
  }

  /** The elements as Rows. */
  <T> PCollection<Row> rows(PCollection<T> input) {
    requireSchema(input);
    return input.apply("To rows", Convert.toRows());
  }

  void requireSchema(PCollection<?> input) {
    CassandraConnection ignored = settings.source();
    if (!input.hasSchema()) {
      throw new IllegalArgumentException(
          "looking rows of "
              + settings.table()
              + " up takes Rows or elements with a schema, and "
              + input.getName()
              + " has none; a record gets one by @DefaultSchema(RecordSchema.class)");
    }
  }

  /** Each element with what was found, in parts, its pane beside it. */
  <T> PCollection<KV<PaneInfo, KV<T, WireRows>>> answers(PCollection<T> input) {
    LookupSettings complete = settings.forInput(input.getSchema());
    TupleTag<KV<PaneInfo, KV<T, WireRows>>> answers = new TupleTag<>("answers");
    // Batch on Flink writes every element of a step with several outputs down once for each.
    TupleTagList others = handler == null ? TupleTagList.empty() : TupleTagList.of(LookupFn.BAD);
    PCollectionTuple looked =
        input.apply(
            "Look up",
            ParDo.of(
                    new LookupFn<>(
                        complete,
                        input.getSchema(),
                        input.getToRowFunction(),
                        answers,
                        handler != null))
                .withOutputTags(answers, others));
    if (handler != null) {
      PCollection<BadRecord> bad =
          looked.get(LookupFn.BAD).setCoder(BadRecord.getCoder(input.getPipeline()));
      BadRecords.send(bad, handler);
    }
    return looked
        .get(answers)
        .setCoder(KvCoder.of(PaneInfoCoder.of(), KvCoder.of(input.getCoder(), WireRowsCoder.of())));
  }

  /** Of the answers, those with rows, each row as what the function makes of it; and all. */
  static <T, R> LookupResult<T, R> result(
      PCollection<T> input,
      PCollection<KV<PaneInfo, KV<T, WireRows>>> answers,
      DecodeRows decode,
      SerializableFunction<Row, R> convert,
      Coder<R> coder) {
    return new LookupResult<>(
        answers
            .apply("Found", ParDo.of(new FoundRows<>(decode, convert)))
            .setCoder(KvCoder.of(input.getCoder(), coder)),
        answers,
        input.getCoder());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    settings.populateDisplayData(builder);
  }

  /** What was found, and what was not, as Rows. */
  public static final class Result extends LookupResult<Row, Row> {
    private Result(LookupResult<Row, Row> result) {
      super(result);
    }
  }
}
