package org.pharos.transforms.cassandra;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.BadRecords;

/** The steps that all writers share. */
final class RowWriting {
  private final String step;
  private final WriteSettings settings;
  private final List<Table> tables;
  private final @Nullable SerializableFunction<Row, String> chooser;
  private final @Nullable ErrorHandler<BadRecord, ?> handler;

  RowWriting(
      String step,
      WriteSettings settings,
      List<Table> tables,
      @Nullable SerializableFunction<Row, String> chooser,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.step = step;
    this.settings = settings;
    this.tables = tables;
    this.chooser = chooser;
    this.handler = handler;
  }

  <T> WriteResult expand(PCollection<T> input) {
    if (!input.hasSchema()) {
      throw new IllegalArgumentException(
          step + " needs rows, or elements with a schema; " + input.getName() + " has neither");
    }
    Schema schema = input.getSchema();
    List<WritePlan> plans = plans(schema);
    settings.requireConnection();
    refuseEndlessWindow(input);
    refuseSeveralWindows(input, plans);
    WriteSpec<T> spec =
        new WriteSpec<>(
            step,
            settings,
            plans,
            chooser,
            input.getToRowFunction(),
            input.getCoder(),
            handler != null);
    return settings.bulk == null
        ? result(write(together(input, spec), spec), schema, plans.get(0))
        : load(input, spec, settings.bulk, schema);
  }

  private <T> PCollection<T> together(PCollection<T> input, WriteSpec<T> spec) {
    if (settings.tokenRanges == 0) {
      return input;
    }
    if (input.isBounded() == IsBounded.UNBOUNDED
        || !(input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          step
              + " grouped by partition is for input that ends and has no windows: rows gather on"
              + " the workers until all are there. Leave out groupedByPartition(...)");
    }
    return input.apply("Together", new PartitionShuffle<>(spec, settings.tokenRanges));
  }

  private <T> PCollectionTuple write(PCollection<T> input, WriteSpec<T> spec) {
    TupleTagList sides = TupleTagList.of(WriteFn.UNKNOWN);
    sides = settings.conditional() ? sides.and(WriteFn.OUTCOMES) : sides;
    sides = handler != null ? sides.and(WriteFn.BAD) : sides;
    return input.apply(
        "Write", ParDo.of(new WriteFn<>(spec)).withOutputTags(WriteFn.COUNTS, sides));
  }

  private <T> WriteResult load(
      PCollection<T> input, WriteSpec<T> spec, BulkLoad bulk, Schema schema) {
    if (input.isBounded() == IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          step
              + " in bulk is for input that ends: rows gather on the workers until all are there."
              + " Leave out inBulk(...)");
    }
    WritePlan plan = spec.plans().get(0);
    TupleTagList sides = TupleTagList.of(WriteFn.UNKNOWN).and(ShardBlocks.BLOCKS);
    sides = handler != null ? sides.and(WriteFn.BAD) : sides;
    PCollectionTuple encoded =
        input.apply(
            "Encode",
            ParDo.of(new EncodeShardsFn<>(spec, bulk.shards()))
                .withOutputTags(WriteFn.COUNTS, sides));
    PCollection<Integer> loaded =
        encoded
            .get(ShardBlocks.BLOCKS)
            .setCoder(ShardBlocks.CODER)
            .apply("Group by tokens", new GroupBlocks())
            .apply("Load", ParDo.of(new LoadShardFn(settings, bulk, plan)))
            .setCoder(VarIntCoder.of());
    WriteResult result = result(encoded, schema, plan);
    return new WriteResult(
        result.counts().apply("Wait for the load", Wait.on(loaded)), null, result.unknown());
  }

  private WriteResult result(PCollectionTuple written, Schema schema, WritePlan plan) {
    sendBadRecords(written);
    return new WriteResult(
        withStatedLateness(written.get(WriteFn.COUNTS))
            .apply("Count", Combine.globally(new SumCounts()).withoutDefaults()),
        settings.conditional() ? outcomes(written, schema, plan) : null,
        unknown(written, schema));
  }

  private List<WritePlan> plans(Schema schema) {
    if (tables.size() == 1) {
      return List.of(WritePlanner.of(tables.get(0), schema, settings));
    }
    if (settings.bulk != null) {
      throw new IllegalArgumentException(
          step
              + ": a bulk load goes into one table: load each by itself, or leave out inBulk(...)");
    }
    if (settings.tokenRanges > 0) {
      throw new IllegalArgumentException(
          step
              + ": rows are grouped by the partitions of one table: write into each by itself, or"
              + " leave out groupedByPartition(...)");
    }
    if (settings.conditional()) {
      throw new IllegalArgumentException(
          step + ": a conditional write goes into one table, since its outcomes have one schema");
    }
    List<WritePlan> plans =
        tables.stream()
            .map(table -> WritePlanner.ofOneAmongOthers(table, schema, settings))
            .toList();
    List<String> homeless =
        IntStream.range(0, schema.getFieldCount())
            .filter(field -> plans.stream().allMatch(plan -> plan.strangers().contains(field)))
            .mapToObj(field -> schema.getField(field).getName())
            .toList();
    if (!homeless.isEmpty()) {
      throw new IllegalArgumentException(step + ": no table has a column for " + homeless);
    }
    return plans;
  }

  private void refuseEndlessWindow(PCollection<?> input) {
    Trigger trigger = input.getWindowingStrategy().getTrigger();
    if (input.isBounded() == IsBounded.UNBOUNDED
        && input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        && (trigger instanceof DefaultTrigger
            || trigger instanceof AfterWatermark.FromEndOfWindow)) {
      throw new IllegalArgumentException(
          step
              + " would never give its counts: the input is endless and in one global window that"
              + " never closes. Put it into windows first (Window.into(FixedWindows.of(...))), or"
              + " keep the global window with a trigger such as"
              + " Repeatedly.forever(AfterProcessingTime.pastFirstElementInPane()...)");
    }
  }

  private void refuseSeveralWindows(PCollection<?> input, List<WritePlan> plans) {
    if (!input.getWindowingStrategy().getWindowFn().assignsToOneWindow()
        && !plans.stream().allMatch(WritePlan::repeatable)) {
      throw new IllegalArgumentException(
          step
              + " cannot be repeated, but the input's windows ("
              + input.getWindowingStrategy().getWindowFn()
              + ") overlap, so that it would write each row once for every window. Write before"
              + " assigning such windows, or put the rows into fixed windows");
    }
  }

  /** Wait.on refuses windows whose lateness nobody stated, though none is what they have. */
  private static PCollection<WriteCounts> withStatedLateness(PCollection<WriteCounts> counts) {
    return counts.getWindowingStrategy().isAllowedLatenessSpecified()
        ? counts
        : counts.apply(
            "State lateness",
            Window.<WriteCounts>configure()
                .withAllowedLateness(counts.getWindowingStrategy().getAllowedLateness()));
  }

  private void sendBadRecords(PCollectionTuple written) {
    if (handler != null) {
      PCollection<BadRecord> bad =
          written
              .get(WriteFn.BAD)
              .setCoder(KvCoder.of(PaneInfoCoder.of(), BadRecord.getCoder(written.getPipeline())))
              .apply("Bad records", ParDo.of(new RestorePane<>()))
              .setCoder(BadRecord.getCoder(written.getPipeline()));
      BadRecords.send(bad, handler);
    }
  }

  private static PCollection<LwtOutcome> outcomes(
      PCollectionTuple written, Schema schema, WritePlan plan) {
    LwtOutcomeCoder coder =
        new LwtOutcomeCoder(schema, plan.table().rowSchema(plan.currentColumns()));
    return written
        .get(WriteFn.OUTCOMES)
        .setCoder(KvCoder.of(PaneInfoCoder.of(), coder))
        .apply("Outcomes", ParDo.of(new RestorePane<>()))
        .setCoder(coder);
  }

  private static PCollection<Row> unknown(PCollectionTuple written, Schema schema) {
    return written
        .get(WriteFn.UNKNOWN)
        .setCoder(KvCoder.of(PaneInfoCoder.of(), RowCoder.of(schema)))
        .apply("Unknown", ParDo.of(new RestorePane<>()))
        .setRowSchema(schema);
  }
}
