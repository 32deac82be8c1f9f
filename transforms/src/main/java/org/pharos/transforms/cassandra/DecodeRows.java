package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlType;

/** Makes Rows of what the cluster sent, on a worker: a {@link RowDecoder} that travels there. */
final class DecodeRows implements Serializable {
  private static final long serialVersionUID = 1;

  private final Schema schema;
  private final List<CqlType> types;
  private transient @Nullable RowDecoder decoder;

  DecodeRows(Projection projection) {
    this.schema = projection.schema();
    this.types = projection.types();
  }

  /** Gives out each row, in their order. */
  void each(WireRows rows, Consumer<Row> out) {
    RowDecoder made = decoder;
    if (made == null) {
      made = RowDecoder.of(schema, types);
      decoder = made;
    }
    rows.each(made, out);
  }
}
