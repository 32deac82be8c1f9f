package org.pharos.drills.rows;

import java.util.Arrays;
import java.util.List;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * Partitions of 1 row to very many, and cells of 1 byte to 15 MB, in one table. First one partition
 * with cells that grow tenfold, then partitions whose rows grow tenfold, then many of a single row,
 * and at last the largest.
 *
 * @param largest rows of the largest partition
 */
public record UnevenRows(long largest) implements NumberedRows {
  /** Cells of these sizes are in the first partition; a mutation may have 16 MiB. */
  private static final int[] CELLS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 15_000_000, 15_000_000, 15_000_000
  };

  private static final long[] PARTITIONS = {1, 10, 100, 1_000, 10_000, 100_000};
  private static final long SINGLES = 1_000;

  private static final int SMALL_CELL = 20;

  @Override
  public long count() {
    return beforeLargest() + largest;
  }

  private static long beforeLargest() {
    return CELLS.length + Arrays.stream(PARTITIONS).sum() + SINGLES;
  }

  @Override
  public Table table(String keyspace, String name) {
    return Table.named(keyspace, name)
        .partitionKey(ENTITY, CqlType.BIGINT)
        .clusteringKey(NUMBER, CqlType.BIGINT)
        .column("payload", CqlType.BLOB)
        .build();
  }

  @Override
  public List<Object> values(long number) {
    int size = number < CELLS.length ? CELLS[(int) number] : 1 + (int) (number % SMALL_CELL);
    byte[] payload = new byte[size];
    Arrays.fill(payload, (byte) number);
    // The ends tell of a cell that was cut or moved.
    payload[0] = (byte) (number >> 8);
    payload[size - 1] = (byte) (number >> 16);
    return List.of(entity(number), number, payload);
  }

  private static long entity(long number) {
    long rest = number - CELLS.length;
    if (rest < 0) {
      return 0;
    }
    for (int i = 0; i < PARTITIONS.length; i++) {
      if (rest < PARTITIONS[i]) {
        return 1L + i;
      }
      rest -= PARTITIONS[i];
    }
    return 1 + PARTITIONS.length + Math.min(rest, SINGLES);
  }

  @Override
  public long entities() {
    return 2 + PARTITIONS.length + SINGLES;
  }

  @Override
  public int pageRows() {
    return 500;
  }
}
