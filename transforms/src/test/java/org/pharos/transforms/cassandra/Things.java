package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What the tests of look-ups share: a table, and elements that ask for its rows. */
final class Things {
  static final Schema ASK =
      Schema.builder().addStringField("note").addNullableInt32Field("k").build();

  private Things() {}

  static Table table(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "things")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT)
        .column("v", CqlType.TEXT)
        .build();
  }

  /** Partition k of 0 to 49 has k % 4 rows. */
  static void fill(TestKeyspace keyspace) {
    TestConnections.create(keyspace, table(keyspace));
    for (int k = 0; k < 50; k++) {
      for (int c = 0; c < k % 4; c++) {
        keyspace.execute("INSERT INTO things (k, c, v) VALUES (?, ?, ?)", k, c, k + "/" + c);
      }
    }
  }

  static Row ask(String note, @Nullable Integer k) {
    return Row.withSchema(ASK).addValues(note, k).build();
  }

  static Row thing(Table table, int k, int c) {
    return Row.withSchema(table.rowSchema()).addValues(k, c, k + "/" + c).build();
  }

  /** Emits rows in one bundle with falling timestamps. */
  static final class InOneBundle extends DoFn<Integer, Row> {
    private final List<Row> rows;

    InOneBundle(List<Row> rows) {
      this.rows = new ArrayList<>(rows);
    }

    @ProcessElement
    public void process(OutputReceiver<Row> out) {
      for (int i = 0; i < rows.size(); i++) {
        out.outputWithTimestamp(rows.get(i), new Instant(rows.size() - 1 - i));
      }
    }

    @Override
    @Deprecated
    public org.joda.time.Duration getAllowedTimestampSkew() {
      return org.joda.time.Duration.millis(Long.MAX_VALUE);
    }
  }
}
