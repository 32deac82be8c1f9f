package org.pharos.transforms.cassandra;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.VarInt;

/**
 * Checkpoints of readers that follow a table, as bytes that stay: a version, the two times, and
 * each key in 16 bytes and those of the milliseconds since the one before.
 */
final class FollowMarkCoder extends AtomicCoder<FollowMark> {
  private static final long serialVersionUID = 1;
  private static final int VERSION = 1;

  @Override
  public void encode(FollowMark mark, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(VERSION);
    data.writeLong(mark.since());
    data.writeLong(mark.position());
    VarInt.encode(mark.seen().size(), data);
    long before = 0;
    for (SeenKey key : mark.seen()) {
      VarInt.encode(key.time() - before, data);
      data.writeLong(key.high());
      data.writeLong(key.low());
      before = key.time();
    }
    data.flush();
  }

  @Override
  public FollowMark decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int version = data.readUnsignedByte();
    if (version != VERSION) {
      throw new CoderException(
          "a checkpoint of version " + version + " of a followed table; this is " + VERSION);
    }
    long since = data.readLong();
    long position = data.readLong();
    int count = VarInt.decodeInt(data);
    List<SeenKey> seen = new ArrayList<>(count);
    long time = 0;
    for (int i = 0; i < count; i++) {
      time += VarInt.decodeLong(data);
      seen.add(new SeenKey(time, data.readLong(), data.readLong()));
    }
    return new FollowMark(since, position, seen);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
