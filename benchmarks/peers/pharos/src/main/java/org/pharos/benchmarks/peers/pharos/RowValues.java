package org.pharos.benchmarks.peers.pharos;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.benchmarks.workload.Column;
import org.pharos.benchmarks.workload.Digest;
import org.pharos.benchmarks.workload.Kind;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.schemas.Vector;

/** The values of the workload as Rows have them, both ways. */
final class RowValues implements Serializable {
  private static final long serialVersionUID = 1;

  private final Kind[] kinds;
  private final Schema schema;

  RowValues(Shape shape, Schema schema) {
    this.kinds = shape.columns().stream().map(Column::kind).toArray(Kind[]::new);
    this.schema = schema;
  }

  /** A Row of the workload's values, which are taken over. */
  Row row(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (kinds[i] == Kind.TIMESTAMP) {
        values[i] = Instant.ofEpochMilli((Long) values[i]);
      } else if (kinds[i] == Kind.VECTOR) {
        values[i] = Vector.of((float[]) values[i]);
      }
    }
    return Row.withSchema(schema).attachValues(Arrays.asList(values));
  }

  /** The digest of a whole row. */
  long digest(Row row) {
    List<Object> values = row.getValues();
    long digest = 0;
    for (int i = 0; i < kinds.length; i++) {
      digest = Digest.add(digest, canonical(kinds[i], values.get(i)));
    }
    return Digest.end(digest);
  }

  private static Object canonical(Kind kind, Object value) {
    return switch (kind) {
      case TIMESTAMP -> ((Instant) value).getMillis();
      case VECTOR -> ((Vector) value).toArray();
      case SET -> set((Iterable<?>) value);
      default -> value;
    };
  }

  private static Set<Object> set(Iterable<?> members) {
    Set<Object> set = new HashSet<>();
    members.forEach(set::add);
    return set;
  }
}
