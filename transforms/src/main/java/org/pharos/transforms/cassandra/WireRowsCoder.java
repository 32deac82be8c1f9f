package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.util.VarInt;

/** The number of rows, that of columns, and the array. */
final class WireRowsCoder extends AtomicCoder<WireRows> {
  private static final long serialVersionUID = 1;
  private static final WireRowsCoder INSTANCE = new WireRowsCoder();

  private WireRowsCoder() {}

  static WireRowsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(WireRows rows, OutputStream out) throws IOException {
    VarInt.encode(rows.rows(), out);
    VarInt.encode(rows.columns(), out);
    ByteArrayCoder.of().encode(rows.bytes(), out);
  }

  @Override
  public WireRows decode(InputStream in) throws IOException {
    return new WireRows(VarInt.decodeInt(in), VarInt.decodeInt(in), ByteArrayCoder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
