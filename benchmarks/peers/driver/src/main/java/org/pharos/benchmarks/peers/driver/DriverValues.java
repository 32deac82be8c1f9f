package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.CqlVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pharos.benchmarks.workload.Column;
import org.pharos.benchmarks.workload.Digest;
import org.pharos.benchmarks.workload.Kind;
import org.pharos.benchmarks.workload.Shape;

/** The values of the workload as the driver has them, both ways. */
final class DriverValues {
  private final List<Column> columns;

  DriverValues(Shape shape) {
    this.columns = shape.columns();
  }

  /** Turns a row of the workload into values to bind, in place. */
  Object[] toBind(Object[] row) {
    for (int i = 0; i < row.length; i++) {
      Kind kind = columns.get(i).kind();
      if (kind == Kind.TIMESTAMP) {
        row[i] = Instant.ofEpochMilli((Long) row[i]);
      } else if (kind == Kind.VECTOR) {
        row[i] = vector((float[]) row[i]);
      }
    }
    return row;
  }

  /** The digest of a row with all columns of the shape in order. */
  long digest(Row row) {
    long digest = 0;
    for (int i = 0; i < columns.size(); i++) {
      digest = Digest.add(digest, value(row, i));
    }
    return Digest.end(digest);
  }

  private Object value(Row row, int i) {
    return switch (columns.get(i).kind()) {
      case BIGINT -> row.getLong(i);
      case TIMESTAMP -> required(row.getInstant(i)).toEpochMilli();
      case DOUBLE -> row.getDouble(i);
      case INT -> row.getInt(i);
      case TEXT -> required(row.getString(i));
      case VECTOR -> floats(required(row.getVector(i, Float.class)));
      case LIST -> required(row.getList(i, Integer.class));
      case SET -> required(row.getSet(i, String.class));
      case MAP -> required(row.getMap(i, String.class, Double.class));
    };
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a value is missing");
    }
    return value;
  }

  private static CqlVector<Float> vector(float[] floats) {
    List<Float> boxed = new ArrayList<>(floats.length);
    for (float each : floats) {
      boxed.add(each);
    }
    return CqlVector.newInstance(boxed);
  }

  private static float[] floats(CqlVector<Float> vector) {
    float[] floats = new float[vector.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = vector.get(i);
    }
    return floats;
  }
}
