package org.pharos.transforms.cassandra;

import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.Table;

/** What the tests of writers share. */
final class Writing {
  private Writing() {}

  static CassandraConnection connection(TestKeyspace keyspace) {
    return TestConnections.to(keyspace.cluster());
  }

  static WriteTable write(Table table, TestKeyspace keyspace) {
    return WriteTable.of(table).to(connection(keyspace));
  }

  static Row row(Schema schema, @Nullable Object... values) {
    return Row.withSchema(schema).addValues(Arrays.asList(values)).build();
  }

  static PCollection<Row> rows(Pipeline pipeline, Schema schema, Row... rows) {
    return rows(pipeline, schema, List.of(rows));
  }

  static PCollection<Row> rows(Pipeline pipeline, Schema schema, List<Row> rows) {
    return PBegin.in(pipeline).apply(Create.of(rows).withRowSchema(schema));
  }

  /** The rows, in this order, in one bundle. */
  static PCollection<Row> oneBundle(Pipeline pipeline, Schema schema, List<Row> rows) {
    return pipeline
        .apply("One element", Create.of(1))
        .apply("All rows", FlatMapElements.into(TypeDescriptors.rows()).via(one -> rows))
        .setRowSchema(schema);
  }

  /** What a query gives, each row as the text of its values. */
  static List<String> select(TestKeyspace keyspace, String cql) {
    return StreamSupport.stream(keyspace.execute(cql).spliterator(), false)
        .map(Writing::text)
        .sorted()
        .toList();
  }

  private static String text(com.datastax.oss.driver.api.core.cql.Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(row.getObject(i));
    }
    return text.toString();
  }
}
