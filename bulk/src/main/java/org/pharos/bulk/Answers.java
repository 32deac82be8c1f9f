package org.pharos.bulk;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what the parent reads. */
final class Answers {
  private final DataOutputStream out;

  Answers(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** The content of an answer. */
  interface Content {
    void write(Answers to) throws Exception;
  }

  /** Sends all of an answer, or what went wrong instead of it. */
  void send(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.write(new Answers(bytes));
    } catch (Exception | LinkageError e) {
      // A LinkageError: the class path holds another Cassandra than this request can be run with.
      fail(describe(e));
      return;
    }
    out.writeByte(1);
    bytes.writeTo(out);
    out.flush();
  }

  void fail(String problem) throws IOException {
    out.writeByte(0);
    text(problem);
    out.flush();
  }

  static String describe(Throwable problem) {
    StringBuilder text = new StringBuilder(problem.toString());
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; because of ").append(cause);
    }
    return text.toString();
  }

  void integer(int value) throws IOException {
    out.writeInt(value);
  }

  void bytes(long count) throws IOException {
    out.writeLong(count);
  }

  void text(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  void texts(List<String> values) throws IOException {
    out.writeInt(values.size());
    for (String value : values) {
      text(value);
    }
  }
}
