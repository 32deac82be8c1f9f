package org.pharos.transforms.tallies;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/** The width, the number of keys, and each key with its counts. */
final class TalliesCoder extends AtomicCoder<Tallies> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder KEY = StringUtf8Coder.of();

  @Override
  public void encode(Tallies tallies, OutputStream out) throws IOException {
    VarInt.encode(tallies.width(), out);
    VarInt.encode(tallies.keys(), out);
    for (Map.Entry<String, long[]> entry : tallies.byKey().entrySet()) {
      KEY.encode(entry.getKey(), out);
      for (long count : entry.getValue()) {
        VarInt.encode(count, out);
      }
    }
  }

  @Override
  public Tallies decode(InputStream in) throws IOException {
    Tallies tallies = new Tallies(VarInt.decodeInt(in));
    int keys = VarInt.decodeInt(in);
    for (int i = 0; i < keys; i++) {
      String key = KEY.decode(in);
      long[] counts = new long[tallies.width()];
      for (int count = 0; count < counts.length; count++) {
        counts[count] = VarInt.decodeLong(in);
      }
      tallies.add(key, counts);
    }
    return tallies;
  }
}
