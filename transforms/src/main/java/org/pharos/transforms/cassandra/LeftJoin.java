package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Elements in; their Rows out, each with the row of a table or null in one more field. */
final class LeftJoin extends PTransform<PCollection<?>, PCollection<Row>> {
  private static final long serialVersionUID = 1;

  private final LookupRows lookup;
  private final String field;

  LeftJoin(LookupRows lookup, String field) {
    this.lookup = lookup;
    this.field = field;
  }

  @Override
  public PCollection<Row> expand(PCollection<?> input) {
    PCollection<KV<PaneInfo, KV<Row, WireRows>>> answers = lookup.answers(lookup.rows(input));
    if (input.getSchema().hasField(field)) {
      throw new IllegalArgumentException(
          "the elements have a field "
              + field
              + " already, among "
              + input.getSchema().getFieldNames());
    }
    Schema joined =
        Schema.builder()
            .addFields(input.getSchema().getFields())
            .addNullableField(field, Schema.FieldType.row(lookup.foundSchema()))
            .build();
    return answers
        .apply("Join", ParDo.of(new JoinFn(joined, lookup.decode())))
        .setRowSchema(joined);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    lookup.populateDisplayData(builder);
  }

  static final class JoinFn extends DoFn<KV<PaneInfo, KV<Row, WireRows>>, Row> {
    private static final long serialVersionUID = 1;

    private final Schema schema;
    private final DecodeRows decode;

    JoinFn(Schema schema, DecodeRows decode) {
      this.schema = schema;
      this.decode = decode;
    }

    @ProcessElement
    public void join(
        @Element KV<PaneInfo, KV<Row, WireRows>> element,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<Row> out) {
      Row input = element.getValue().getKey();
      WireRows rows = element.getValue().getValue();
      if (rows.isEmpty()) {
        out.outputWindowedValue(with(input, null), timestamp, List.of(window), element.getKey());
      }
      decode.each(
          rows,
          row ->
              out.outputWindowedValue(
                  with(input, row), timestamp, List.of(window), element.getKey()));
    }

    private Row with(Row input, @Nullable Row row) {
      List<@Nullable Object> values = new ArrayList<>(schema.getFieldCount());
      for (int i = 0; i < input.getFieldCount(); i++) {
        values.add(input.getValue(i));
      }
      values.add(row);
      return Row.withSchema(schema).attachValues(values);
    }
  }
}
