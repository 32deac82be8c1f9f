package org.pharos.bulk;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what the parent writes. */
final class Requests {
  private final DataInputStream in;

  Requests(DataInputStream in) {
    this.in = in;
  }

  /** An element of a list. */
  interface Element<T> {
    T read() throws IOException;
  }

  /** The next request, or -1 at the end. */
  int next() throws IOException {
    return in.read();
  }

  int integer() throws IOException {
    return in.readInt();
  }

  long token() throws IOException {
    return in.readLong();
  }

  String text() throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  <T> List<T> list(Element<T> element) throws IOException {
    int size = in.readInt();
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.read());
    }
    return list;
  }

  void skip(int length) throws IOException {
    in.skipNBytes(length);
  }

  void bytes(byte[] into, int offset, int length) throws IOException {
    in.readFully(into, offset, length);
  }
}
