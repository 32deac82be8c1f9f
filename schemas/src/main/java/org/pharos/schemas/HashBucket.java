package org.pharos.schemas;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.Row;

/**
 * A bucket by hash; see {@link Bucket#byHash}.
 *
 * <p>The bucket is the unsigned 32-bit MurmurHash3 (x86, seed 0) of the values' canonical bytes,
 * modulo the number of buckets. Those bytes are, for each column in order, the length in 4 bytes
 * (big endian; -1 for a null) and then: UTF-8 of texts; 8 bytes of any integer, of a timestamp's
 * milliseconds, a date's days since 1970, a time's nanoseconds, and of the bits of a float (as a
 * double) or double; one byte of a boolean; the 16 bytes of a UUID; two's complement of a varint,
 * and after 4 bytes of scale of a decimal; the bytes of a blob or an address. This never changes:
 * it decides where stored rows are found.
 */
public record HashBucket(String column, List<String> columns, int buckets) implements Bucket {

  public HashBucket {
    columns = List.copyOf(columns);
    if (buckets < 1) {
      throw new IllegalArgumentException("the number of buckets is at least 1, not " + buckets);
    }
    if (columns.isEmpty() || columns.contains(column)) {
      throw new IllegalArgumentException(
          "bucket "
              + column
              + " needs at least one column to be computed from, and not itself: "
              + columns);
    }
  }

  @Override
  public CqlType type() {
    return CqlType.INT;
  }

  @Override
  public List<String> sources() {
    return columns;
  }

  @Override
  public Integer of(Row row) {
    CanonicalBytes bytes = new CanonicalBytes();
    for (String source : columns) {
      bytes.add(source, Sources.value(this, row, source));
    }
    return of(bytes);
  }

  /** The bucket of these values of the {@link #columns()}, in their order. */
  public Integer of(List<?> values) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          "bucket "
              + column
              + " is computed from "
              + columns
              + ", not from "
              + values.size()
              + " values");
    }
    CanonicalBytes bytes = new CanonicalBytes();
    for (int i = 0; i < values.size(); i++) {
      bytes.add(columns.get(i), values.get(i));
    }
    return of(bytes);
  }

  /** Every bucket there is. */
  public List<Integer> all() {
    return IntStream.range(0, buckets).boxed().toList();
  }

  private int of(CanonicalBytes bytes) {
    return Integer.remainderUnsigned(Murmur3.hash32(bytes.toByteArray(), 0), buckets);
  }
}
