package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.pharos.schemas.RecordSchema;

/** {@link FollowTable} with records as the result. */
final class FollowRecords<R extends Record> extends PTransform<PBegin, PCollection<R>> {
  private static final long serialVersionUID = 1;

  private final Follow follow;
  private final Projection projection;
  private final Class<R> type;

  /**
   * @throws IllegalArgumentException if a row of the table does not make such a record
   */
  FollowRecords(Follow follow, Class<R> type) {
    Projection all = Projection.all(follow.table());
    Schema record = RecordSchema.of(type).schema();
    RecordFit.check(type, record, all.schema());
    this.follow = follow;
    this.projection = all.only(record.getFieldNames());
    this.type = type;
  }

  @Override
  public PCollection<R> expand(PBegin begin) {
    follow.requireComplete();
    RecordSchema records = new RecordSchema();
    TypeDescriptor<R> descriptor = TypeDescriptor.of(type);
    SerializableFunction<Row, R> fromRow = records.fromRowFunction(descriptor);
    SerializableFunction<R, Row> toRow = records.toRowFunction(descriptor);
    Schema schema = RecordSchema.of(type).schema();
    SchemaCoder<R> coder = SchemaCoder.of(schema, descriptor, toRow, fromRow);
    return begin
        .apply("Follow", Read.from(FollowSource.of(follow, projection, fromRow, coder)))
        .setTypeDescriptor(descriptor)
        .setSchema(schema, descriptor, toRow, fromRow);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    follow.populateDisplayData(builder);
  }
}
