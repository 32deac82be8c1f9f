package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.pharos.schemas.RecordSchema;

/** {@link LookupRows} with the elements as they are, and records as the result. */
final class LookupRecords<T, R extends Record>
    extends PTransform<PCollection<T>, LookupResult<T, R>> {
  private static final long serialVersionUID = 1;

  private final LookupRows lookup;
  private final Class<R> type;

  /**
   * @throws IllegalArgumentException if what is read does not make such a record
   */
  LookupRecords(LookupRows lookup, Class<R> type) {
    Schema record = RecordSchema.of(type).schema();
    RecordFit.check(type, record, lookup.foundSchema());
    this.lookup = lookup.withColumns(record.getFieldNames().toArray(new String[0]));
    this.type = type;
  }

  @Override
  public LookupResult<T, R> expand(PCollection<T> input) {
    lookup.requireSchema(input);
    PCollection<KV<PaneInfo, KV<T, WireRows>>> answers = lookup.answers(input);
    RecordSchema records = new RecordSchema();
    TypeDescriptor<R> descriptor = TypeDescriptor.of(type);
    SerializableFunction<Row, R> fromRow = records.fromRowFunction(descriptor);
    return LookupRows.result(
        input,
        answers,
        lookup.decode(),
        fromRow,
        SchemaCoder.of(
            RecordSchema.of(type).schema(),
            descriptor,
            records.toRowFunction(descriptor),
            fromRow));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    lookup.populateDisplayData(builder);
  }
}
