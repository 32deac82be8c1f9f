package org.pharos.transforms.cassandra;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Nothing in; how the rows of two tables differ out, on one cluster or two.
 *
 * <pre>{@code
 * CompareTables.Result compared =
 *     pipeline.apply(CompareTables.between(PURCHASES, COPY).from(here).rightFrom(there));
 * }</pre>
 *
 * <p><b>What is compared.</b> Rows of one key, by the bytes of the columns that both tables have:
 * {@code 1.0} and {@code 1.00} differ, a null and an empty text do. Static columns are compared
 * once a partition. Write times and times to live are compared if asked for, except those of
 * collections and user types that are not frozen, and of counters. Both tables must have the same
 * key, in the same order; columns that only one of them has are refused unless told by {@link
 * #onlyCommonColumns}.
 *
 * <p><b>How.</b> Both tables are read once, by the same ranges of tokens (splits are as those of
 * {@link ReadTable}, planned for the left table), and merged row by row in the order in which
 * Cassandra keeps them: nothing is shuffled, and a worker holds a few pages, whatever the size of
 * partitions and however much differs. The order is checked on the way; a table whose rows came in
 * another order would fail the job, not falsify the result.
 *
 * <p><b>Guarantees.</b> Each row that is there all the while is compared exactly once. There are no
 * snapshots: what is written meanwhile may be seen on one side only. Errors are those of {@link
 * ReadTable}.
 */
public final class CompareTables extends PTransform<PBegin, CompareTables.Result> {
  private static final long serialVersionUID = 1L;

  private final Scan left;
  private final Scan right;
  private final boolean commonColumns;
  private final @Nullable Duration writeTimes;
  private final @Nullable Duration timesToLive;

  private CompareTables(
      Scan left,
      Scan right,
      boolean commonColumns,
      @Nullable Duration writeTimes,
      @Nullable Duration timesToLive) {
    this.left = left;
    this.right = right;
    this.commonColumns = commonColumns;
    this.writeTimes = writeTimes;
    this.timesToLive = timesToLive;
  }

  /** Compares two tables; {@link #from} says where they are. */
  public static CompareTables between(Table left, Table right) {
    return new CompareTables(Scan.of(left), Scan.of(right), false, null, null);
  }

  /** Where the left table is, and the right one unless {@link #rightFrom} says so. Required. */
  public CompareTables from(CassandraConnection connection) {
    return with(left.from(connection), right.connection() == null ? right.from(connection) : right);
  }

  /** Where the right table is. Default: where the left one is. */
  public CompareTables rightFrom(CassandraConnection connection) {
    return with(left, right.from(connection));
  }

  /** Leaves out columns that only one of the tables has. Default: such tables are refused. */
  public CompareTables onlyCommonColumns() {
    return new CompareTables(left, right, true, writeTimes, timesToLive);
  }

  /**
   * Also compares when each cell was written; it may be this much earlier or later on the right.
   * Default: write times may differ.
   *
   * @throws IllegalArgumentException if negative
   */
  public CompareTables withWriteTimes(Duration tolerance) {
    return new CompareTables(left, right, commonColumns, notNegative(tolerance), timesToLive);
  }

  /**
   * Also compares when each cell expires; it may be this much earlier or later on the right. The
   * servers tell whole seconds, so that less than two make no sense. Default: expiry may differ.
   *
   * @throws IllegalArgumentException if less than two seconds
   */
  public CompareTables withTimesToLive(Duration tolerance) {
    if (tolerance.isShorterThan(Duration.standardSeconds(2))) {
      throw new IllegalArgumentException(
          "times to live are compared to within two seconds or more, not " + tolerance);
    }
    return new CompareTables(left, right, commonColumns, writeTimes, tolerance);
  }

  private static Duration notNegative(Duration tolerance) {
    if (tolerance.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("a tolerance is not negative: " + tolerance);
    }
    return tolerance;
  }

  /** As {@link ReadTable#withParallelism}. */
  public CompareTables withParallelism(int parallelism) {
    return with(left.withParallelism(parallelism), right);
  }

  /** As {@link ReadTable#withSplitBytes}, of the left table. Default: 64 MiB. */
  public CompareTables withSplitBytes(long bytes) {
    return with(left.withSplitBytes(bytes), right);
  }

  /** How many replicas must agree on a row. Default: {@link Consistency#LOCAL_QUORUM}. */
  public CompareTables withConsistency(Consistency consistency) {
    return with(left.withConsistency(consistency), right.withConsistency(consistency));
  }

  CompareTables through(Requests.Through ofLeft, Requests.Through ofRight) {
    return with(left.through(ofLeft), right.through(ofRight));
  }

  private CompareTables with(Scan ofLeft, Scan ofRight) {
    return new CompareTables(ofLeft, ofRight, commonColumns, writeTimes, timesToLive);
  }

  @Override
  public Result expand(PBegin begin) {
    left.requireSource();
    right.requireSource();
    CompareSpec spec = spec();
    PCollectionTuple compared =
        begin
            .apply("Find splits", new TableSplits(left))
            .apply(
                "Compare splits",
                ParDo.of(new CompareSplits(spec))
                    .withOutputTags(
                        CompareSplits.COUNTS, TupleTagList.of(CompareSplits.DIFFERENCES)));
    Schema schema = Differences.schema(left.table());
    return new Result(
        compared.get(CompareSplits.COUNTS).apply("Count", Combine.globally(new SumCompareCounts())),
        compared.get(CompareSplits.DIFFERENCES).setRowSchema(schema));
  }

  private CompareSpec spec() {
    Table one = left.table();
    CommonColumns columns = CommonColumns.of(one, right.table());
    for (var column : one.clusteringKey()) {
      if (one.order(column.name()) != right.table().order(column.name())) {
        throw new IllegalArgumentException(
            one.qualifiedName()
                + " has "
                + column.name()
                + " in the order "
                + one.order(column.name()).cql()
                + " and "
                + right.table().qualifiedName()
                + " in the other: only tables of one order can be compared");
      }
    }
    if (!commonColumns && !columns.areAll()) {
      throw new IllegalArgumentException(
          "only "
              + one.qualifiedName()
              + " has "
              + columns.onlyLeft()
              + ", only "
              + right.table().qualifiedName()
              + " has "
              + columns.onlyRight()
              + "; to leave such columns out, say onlyCommonColumns()");
    }
    return new CompareSpec(left, right, columns, writeTimes, timesToLive);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    left.populateDisplayData(builder);
    builder.add(DisplayData.item("right", right.table().qualifiedName()).withLabel("Right table"));
  }

  /** What was found, in the global window. */
  public static final class Result implements POutput {
    private final PCollection<CompareCounts> counts;
    private final PCollection<Row> differences;

    Result(PCollection<CompareCounts> counts, PCollection<Row> differences) {
      this.counts = counts;
      this.differences = differences;
    }

    /** One element, when all is compared: {@code Wait.on(result.counts())} waits for it. */
    public PCollection<CompareCounts> counts() {
      return counts;
    }

    /**
     * A Row for each row that is not equal, in no order. Its field {@code kind} is {@code differs},
     * {@code missing left} or {@code missing right}; {@code key} is a Row of the primary key, whose
     * clustering columns are null where it is about the static columns of a partition; {@code
     * columns} names what differs: {@code c} for a value, {@code writetime(c)} and {@code ttl(c)}
     * for times.
     */
    public PCollection<Row> differences() {
      return differences;
    }

    @Override
    public Pipeline getPipeline() {
      return counts.getPipeline();
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      Map<TupleTag<?>, PValue> all = new LinkedHashMap<>();
      all.put(new TupleTag<>("counts"), counts);
      all.put(new TupleTag<>("differences"), differences);
      return all;
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
