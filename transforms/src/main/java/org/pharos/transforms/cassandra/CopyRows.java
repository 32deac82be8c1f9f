package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Nothing in; the rows of a table are written to another, with their write times and times to live,
 * and what was done comes out: one {@link CopyCounts} in the global window, when all is there.
 *
 * <pre>{@code
 * PCollection<CopyCounts> copied =
 *     pipeline.apply(
 *         CopyRows.between(PURCHASES, COPY).from(here).to(there).resumableAs("march"));
 * }</pre>
 *
 * <p><b>Cells.</b> A write time and a time to live belong to a cell, not to a row: cells of a row
 * that share both are written by one statement, so that a row written at once is one statement
 * again. Values are copied as the bytes that they are; nulls write nothing. Since write times are
 * kept, a row that is newer in the target stays as it is, and copying again changes nothing. A time
 * to live becomes what is left of it when it is written: the cell expires at its second, or a
 * little later where servers are slow. Static columns are written once a partition.
 *
 * <p><b>Rows.</b> A row that is there in the source is there in the target, also without any value
 * outside its key. Cassandra does not tell when the row itself (its key) was written and expires:
 * it gets the times of the cell that lives longest, and is written at the time of the copy's begin,
 * for good, if it has none. A row whose cells have all expired by the time it would be written is
 * left out.
 *
 * <p><b>Collections and user types that are not frozen</b> are cells of elements, and are written
 * as a whole with the latest time of these and the longest life. Servers before Cassandra 5.0 do
 * not tell the times of elements: there it is the latest time and longest life of the row's other
 * cells, or the time of the copy's begin. A list must not be written twice with one time, which
 * would double its elements: where there are such lists, the target is read along, and a list that
 * it has already is left alone. (Before 5.0 one that differs is replaced: nothing tells which is
 * newer.) Tables with lists must have the same clustering order.
 *
 * <p><b>Resuming.</b> With {@link #resumableAs} each range of tokens is noted as done, in the table
 * {@code pharos_copies} of the target's keyspace, once the target has all of its rows. A later run
 * of the same name copies only the rest. Without a name, a later run copies all again.
 *
 * <p><b>Errors.</b> Reading fails as {@link ReadTable} does, writing as {@link WriteTable} does
 * without a handler: a row that the target refuses fails the bundle. What a runner repeats is
 * copied twice, which changes nothing. What is written to the source meanwhile may be copied or
 * not.
 *
 * <p>Counters are refused: they can be incremented only, so copying them again would double them.
 */
public final class CopyRows extends PTransform<PBegin, PCollection<CopyCounts>> {
  private static final long serialVersionUID = 1L;

  private final Scan source;
  private final Scan target;
  private final WriteSettings settings;
  private final boolean commonColumns;
  private final @Nullable String copy;

  private CopyRows(
      Scan source,
      Scan target,
      WriteSettings settings,
      boolean commonColumns,
      @Nullable String copy) {
    this.source = source;
    this.target = target;
    this.settings = settings;
    this.commonColumns = commonColumns;
    this.copy = copy;
  }

  /**
   * Copies one table to another of the same key; {@link #from} and {@link #to} say where they are.
   */
  public static CopyRows between(Table source, Table target) {
    return new CopyRows(
        Scan.of(source),
        Scan.of(target),
        new WriteSettings(WriteSettings.Verb.INSERT),
        false,
        null);
  }

  /** Where the source is, and the target unless {@link #to} says so. Required. */
  public CopyRows from(CassandraConnection connection) {
    CopyRows from = with(source.from(connection));
    return target.connection() == null ? from.to(connection) : from;
  }

  /** Where the target is. Default: where the source is. */
  public CopyRows to(CassandraConnection connection) {
    return new CopyRows(
        source,
        target.from(connection),
        settings.with(each -> each.connection = connection),
        commonColumns,
        copy);
  }

  /**
   * Leaves out columns that the target lacks. Default: a source that has such columns is refused.
   * Columns that only the target has stay as they are in any case.
   */
  public CopyRows onlyCommonColumns() {
    return new CopyRows(source, target, settings, true, copy);
  }

  /**
   * Keeps progress under this name, and goes on where the last copy of the name ended. Default:
   * begins anew each time.
   *
   * @throws IllegalArgumentException unless it is 1 to 100 letters, digits and {@code _ . -}
   */
  public CopyRows resumableAs(String name) {
    if (!name.matches("[\\w.-]{1,100}")) {
      throw new IllegalArgumentException(
          "the name of a copy is 1 to 100 letters, digits and _ . -, not \"" + name + "\"");
    }
    return new CopyRows(source, target, settings, commonColumns, name);
  }

  /** As {@link ReadTable#withParallelism}. */
  public CopyRows withParallelism(int parallelism) {
    return with(source.withParallelism(parallelism));
  }

  /** As {@link ReadTable#withSplitBytes}: what a failure costs at most. Default: 64 MiB. */
  public CopyRows withSplitBytes(long bytes) {
    return with(source.withSplitBytes(bytes));
  }

  /** How many replicas must agree on each side. Default: {@link Consistency#LOCAL_QUORUM}. */
  public CopyRows withConsistency(Consistency consistency) {
    return new CopyRows(
        source.withConsistency(consistency),
        target.withConsistency(consistency),
        settings.with(each -> each.consistency = WriteSettings.notSerial(consistency)),
        commonColumns,
        copy);
  }

  /** As {@link WriteTable#withMaxInFlight}. Default: 512. */
  public CopyRows withMaxInFlight(int requests) {
    return with(each -> each.maxInFlight = WriteSettings.positive(requests));
  }

  CopyRows through(Requests.Through reads, ExecutionFactory writes) {
    return with(source.through(reads)).with(each -> each.execution = writes);
  }

  private CopyRows with(Scan changed) {
    return new CopyRows(changed, target, settings, commonColumns, copy);
  }

  private CopyRows with(Consumer<WriteSettings> change) {
    return new CopyRows(source, target, settings.with(change), commonColumns, copy);
  }

  @Override
  public PCollection<CopyCounts> expand(PBegin begin) {
    source.requireSource();
    target.requireSource();
    CopySpec spec = spec();
    return begin
        .apply("Begin", Impulse.create())
        .apply("Plan ranges", ParDo.of(new PlanCopy(spec)))
        .setCoder(SerializableCoder.of(CopyTask.class))
        .apply("Share ranges out", Reshuffle.viaRandomKey())
        .apply("Copy ranges", ParDo.of(new CopyRanges(spec)))
        .apply("Count", Combine.globally(new SumCopyCounts()));
  }

  private CopySpec spec() {
    Table from = source.table();
    Table to = target.table();
    if (from.hasCounters() || to.hasCounters()) {
      throw new IllegalArgumentException(
          from
              + " cannot be copied: counters can be incremented only, so that a copy that is"
              + " repeated would double them. Read them, and write their values to a table of"
              + " bigint columns");
    }
    if (from.qualifiedName().equals(to.qualifiedName())
        && source.source().equals(target.source())) {
      throw new IllegalArgumentException(from + " cannot be copied to itself");
    }
    CommonColumns columns = CommonColumns.of(from, to);
    if (!commonColumns && !columns.onlyLeft().isEmpty()) {
      throw new IllegalArgumentException(
          to
              + " lacks "
              + columns.onlyLeft()
              + " of "
              + from
              + "; to leave these out, say onlyCommonColumns()");
    }
    CopySpec spec = new CopySpec(source, target, settings, columns, copy);
    if (!spec.lists().isEmpty() && !orders(from).equals(orders(to))) {
      throw new IllegalArgumentException(
          from
              + " and "
              + to
              + " have different clustering orders, so that their lists cannot be compared on the"
              + " way, and writing a list twice would double it. Give the target the same order,"
              + " or leave out the columns "
              + spec.lists().stream().map(column -> column.name()).toList());
    }
    return spec;
  }

  private static List<String> orders(Table table) {
    List<String> orders = new ArrayList<>();
    table
        .clusteringKey()
        .forEach(column -> orders.add(column.name() + " " + table.order(column.name()).cql()));
    return orders;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    source.populateDisplayData(builder);
    builder
        .add(DisplayData.item("target", target.table().qualifiedName()).withLabel("Target"))
        .addIfNotNull(DisplayData.item("copy", copy).withLabel("Copy"));
  }
}
