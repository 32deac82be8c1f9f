package org.pharos.transforms.features;

import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * Rows of entities in; each out, with its timestamp and window, with the features that are served
 * at the moment: what {@link OnlineFeatures} gives, in a pipeline. Made by {@code
 * OnlineFeatures.of(view).from(keyspace, connection)}.
 *
 * <p>Repeating a bundle reads again, and may find newer features. A row that cannot be read fails
 * the bundle.
 */
public final class ReadOnline extends PTransform<PCollection<Row>, PCollection<Row>> {

  private static final long serialVersionUID = 1L;

  private final JoinedRows joined;
  private final String keyspace;
  private final CassandraConnection connection;

  private ReadOnline(JoinedRows joined, String keyspace, CassandraConnection connection) {
    this.joined = joined;
    this.keyspace = keyspace;
    this.connection = connection;
  }

  static ReadOnline of(JoinedRows joined, String keyspace, CassandraConnection connection) {
    return new ReadOnline(joined, keyspace, connection);
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> rows) {
    Schema served = joined.schema(rows.getSchema(), joined.views().size());
    JoinedRows views = joined;
    String where = keyspace;
    CassandraConnection cluster = connection;
    return rows.apply("Ask", ParDo.of(new AsyncRowsFn(() -> new Answers(views, where, cluster))))
        .setRowSchema(served);
  }

  private record Answers(OnlineFeatures online) implements AsyncRowsFn.Answers {
    Answers(JoinedRows views, String keyspace, CassandraConnection connection) {
      this(OnlineFeatures.open(views, keyspace, connection));
    }

    @Override
    public CompletableFuture<Row> of(Row row) {
      return online.read(row);
    }

    @Override
    public void close() {
      online.close();
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("views", joined.views().toString()).withLabel("Views"))
        .add(DisplayData.item("keyspace", keyspace).withLabel("Keyspace"));
  }
}
