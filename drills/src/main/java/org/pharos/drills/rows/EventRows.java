package org.pharos.drills.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * The rows of {@link EvenRows} with the time of their events, a millisecond apart.
 *
 * @param count how many
 */
public record EventRows(long count) implements NumberedRows {
  /** The column with the event's time. */
  public static final String AT = "at";

  @Override
  public Table table(String keyspace, String name) {
    return EvenRows.columns(keyspace, name).column(AT, CqlType.TIMESTAMP).build();
  }

  @Override
  public List<Object> values(long number) {
    List<Object> values = new ArrayList<>(even().values(number));
    values.add(Instant.ofEpochMilli(eventMicros(number) / 1_000));
    return values;
  }

  @Override
  public long entities() {
    return even().entities();
  }

  @Override
  public int pageRows() {
    return even().pageRows();
  }

  private EvenRows even() {
    return new EvenRows(count);
  }
}
