package org.pharos.drills.rows;

import java.util.List;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/**
 * Narrow rows, ten in a partition: three doubles, an int and a text of some 60 characters.
 *
 * @param count how many
 */
public record EvenRows(long count) implements NumberedRows {
  /** Rows of one partition. */
  public static final long ROWS_AN_ENTITY = 10;

  private static final long MIXER = 0x9E3779B97F4A7C15L;

  @Override
  public Table table(String keyspace, String name) {
    return columns(keyspace, name).build();
  }

  static TableBuilder columns(String keyspace, String name) {
    return Table.named(keyspace, name)
        .partitionKey(ENTITY, CqlType.BIGINT)
        .clusteringKey(NUMBER, CqlType.BIGINT)
        .column("f1", CqlType.DOUBLE)
        .column("f2", CqlType.DOUBLE)
        .column("f3", CqlType.DOUBLE)
        .column("label", CqlType.INT)
        .column("payload", CqlType.TEXT);
  }

  @Override
  public List<Object> values(long number) {
    long mixed = (number + 1) * MIXER;
    return List.of(
        number / ROWS_AN_ENTITY,
        number,
        (double) (mixed >> 11),
        number / 3.0,
        (double) -number,
        (int) (mixed >>> 40),
        "row " + number + " " + Long.toHexString(mixed).repeat(3));
  }

  @Override
  public long entities() {
    return (count + ROWS_AN_ENTITY - 1) / ROWS_AN_ENTITY;
  }

  @Override
  public int pageRows() {
    return 5_000;
  }
}
