package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.pharos.schemas.RecordSchema;

/** {@link ReadTable} with records as the result. */
final class ReadRecords<R extends Record> extends PTransform<PBegin, PCollection<R>> {
  private static final long serialVersionUID = 1;

  private final Scan scan;
  private final Projection projection;
  private final List<SerializableFunction<Row, Boolean>> predicates;
  private final Class<R> type;

  /**
   * @throws IllegalArgumentException if what is read does not make such a record
   */
  ReadRecords(
      Scan scan,
      Projection projection,
      List<SerializableFunction<Row, Boolean>> predicates,
      Class<R> type) {
    Schema record = RecordSchema.of(type).schema();
    RecordFit.check(type, record, projection.schema());
    this.scan = scan;
    // A predicate may look at what the record leaves out.
    this.projection = predicates.isEmpty() ? projection.only(record.getFieldNames()) : projection;
    this.predicates = predicates;
    this.type = type;
  }

  @Override
  public PCollection<R> expand(PBegin begin) {
    scan.requireSource();
    RecordSchema records = new RecordSchema();
    TypeDescriptor<R> descriptor = TypeDescriptor.of(type);
    SerializableFunction<Row, R> fromRow = records.fromRowFunction(descriptor);
    return begin
        .apply("Find splits", new TableSplits(scan))
        .apply(
            "Read splits",
            ParDo.of(new ReadSplits<>(scan, projection, projection.schema(), predicates, fromRow)))
        .setTypeDescriptor(descriptor)
        .setSchema(
            RecordSchema.of(type).schema(), descriptor, records.toRowFunction(descriptor), fromRow);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
  }
}
