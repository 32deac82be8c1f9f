package org.pharos.benchmarks.workload;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a task, the same for every peer and every time: {@value #ROWS_A_PARTITION} rows a
 * partition. Safe for use by several threads.
 */
public final class Data implements Serializable {
  private static final long serialVersionUID = 1;

  /** How many rows a partition has. */
  public static final int ROWS_A_PARTITION = 10;

  /** The first of a partition's timestamps; the others follow a second apart. */
  static final long FIRST_MILLIS = 1_700_000_000_000L;

  /** The last of a partition's timestamps. */
  static final long LAST_MILLIS = FIRST_MILLIS + (ROWS_A_PARTITION - 1) * 1000L;

  private final Shape shape;
  private final long rows;
  private final Order order;

  public Data(Shape shape, long rows, Order order) {
    this.shape = shape;
    this.rows = rows;
    this.order = order;
  }

  /** The row at this place, 0 being the first, in the order of the task. */
  public Object[] row(long place) {
    return rowOf(order == Order.CLUSTERED ? place : new Shuffle(rows).at(place));
  }

  /** The partition key at this place, 0 being the first, in the order of the task. */
  public long key(long place) {
    return order == Order.CLUSTERED ? place : new Shuffle(rows / ROWS_A_PARTITION).at(place);
  }

  private Object[] rowOf(long number) {
    List<Column> columns = shape.columns();
    Object[] row = new Object[columns.size()];
    row[0] = number / ROWS_A_PARTITION;
    row[1] = FIRST_MILLIS + number % ROWS_A_PARTITION * 1000;
    long random = Mix.mix(number);
    for (int i = 2; i < row.length; i++) {
      Column column = columns.get(i);
      row[i] = column.kind().value(Mix.mix(random + i), column.size());
    }
    return row;
  }

  /** The sum of the digests of the {@link Features} of all partitions. */
  public long digestOfFeatures() {
    long sum = 0;
    for (long entity = 0; entity < rows / ROWS_A_PARTITION; entity++) {
      Features features = new Features();
      for (long number = 0; number < ROWS_A_PARTITION; number++) {
        features.add(rowOf(entity * ROWS_A_PARTITION + number));
      }
      sum += features.digest(entity);
    }
    return sum;
  }

  /** The sum of the digests of the {@link Spine}'s rows, each joined with what was known. */
  public long digestOfSpine() {
    long sum = 0;
    for (long entity = 0; entity < rows / ROWS_A_PARTITION; entity++) {
      long at = Spine.at(entity);
      Object[] found = null;
      for (long number = 0; number < ROWS_A_PARTITION; number++) {
        Object[] row = rowOf(entity * ROWS_A_PARTITION + number);
        if ((Long) row[1] + Spine.KNOWN_AFTER_MILLIS <= at) {
          found = Arrays.copyOfRange(row, 1, 5);
        }
      }
      sum += Spine.digest(entity, at, found);
    }
    return sum;
  }

  /** The sum of the digests of all rows. */
  public long digest() {
    long sum = 0;
    for (long i = 0; i < rows; i++) {
      sum += Digest.of(rowOf(i));
    }
    return sum;
  }

  /** The sum of the digests of the rows of the first of the keys. */
  public long digestOfKeys(long keys) {
    long sum = 0;
    for (long i = 0; i < keys; i++) {
      long first = key(i) * ROWS_A_PARTITION;
      for (long number = first; number < first + ROWS_A_PARTITION; number++) {
        sum += Digest.of(rowOf(number));
      }
    }
    return sum;
  }
}
