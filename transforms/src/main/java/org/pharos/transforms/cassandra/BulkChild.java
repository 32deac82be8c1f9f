package org.pharos.transforms.cassandra;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The child process that writes SSTables, and the words it is spoken to with: the package
 * documentation of {@code org.pharos.bulk} has them. Used by one thread.
 */
final class BulkChild implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int BUFFER = 1 << 16;

  /** A sixteenth of the heap: as objects, on their way into an SSTable, rows are much larger. */
  private static final int ROW_BYTES_A_MEGABYTE = (1 << 20) / 16;

  private final Process process;
  private final Path log;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private String version = "";

  /** What a group of tokens of a shard has on disk. */
  record Written(int group, Path directory, int sstables, long bytes) {}

  /** A node's storage address, and the tokens that it is to get. */
  record Receiver(InetSocketAddress address, List<TokenSpan> ranges) {}

  private interface Words<V> {
    void say(V value) throws IOException;
  }

  private BulkChild(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.requests =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER));
  }

  /**
   * Starts a child and tells it the table.
   *
   * @param directory of the worker; the child deletes it when the worker is gone
   * @throws IOException if it does not start, with what it says about that
   */
  static BulkChild start(BulkLoad load, Path directory, BulkTarget target) throws IOException {
    Path log = directory.resolve("child.log");
    Process process =
        new ProcessBuilder(BulkCommand.of(load, directory)).redirectError(log.toFile()).start();
    BulkChild child = new BulkChild(process, log);
    try {
      child.introduce(target, load.heapMegabytes() * ROW_BYTES_A_MEGABYTE);
    } catch (IOException | RuntimeException e) {
      child.close();
      throw e;
    }
    return child;
  }

  private void introduce(BulkTarget target, int bytesAtOnce) throws IOException {
    try {
      requests.writeInt(VERSION);
      text(target.table().keyspace());
      text(target.table().name());
      text(target.id());
      list(target.createTypes(), this::text);
      text(target.createTable());
      requests.writeInt(target.attachedIndexes() ? 1 : 0);
      list(
          target.statements(),
          statement -> {
            text(statement.cql());
            requests.writeInt(statement.slots().size());
            list(statement.partition(), requests::writeInt);
          });
      requests.writeInt(bytesAtOnce);
      requests.flush();
    } catch (IOException e) {
      throw dead(e);
    }
    awaitAnswer();
    version = answeredText();
  }

  /** The version of Cassandra that writes. */
  String version() {
    return version;
  }

  /** Begins a shard, whose SSTables go below this directory. */
  void begin(Path directory, List<Delivery.Group> groups) throws IOException {
    try {
      requests.writeByte('B');
      text(directory.toString());
      list(
          groups,
          group -> {
            requests.writeLong(group.lastToken());
            requests.writeInt(group.group());
          });
    } catch (IOException e) {
      throw dead(e);
    }
  }

  /** Hands over the rows of a block. */
  void rows(byte[] block) throws IOException {
    try {
      requests.writeByte('R');
      requests.writeInt(block.length - ShardBlocks.HEAD);
      requests.write(block, ShardBlocks.HEAD, block.length - ShardBlocks.HEAD);
    } catch (IOException e) {
      throw dead(e);
    }
  }

  /**
   * Ends the shard and waits until its SSTables are written.
   *
   * @throws IOException if one of its rows or files could not be
   */
  List<Written> end() throws IOException {
    try {
      requests.writeByte('E');
      requests.flush();
    } catch (IOException e) {
      throw dead(e);
    }
    awaitAnswer();
    List<Written> written = new ArrayList<>();
    for (int count = answers.readInt(); count > 0; count--) {
      written.add(
          new Written(
              answers.readInt(), Path.of(answeredText()), answers.readInt(), answers.readLong()));
    }
    return written;
  }

  /** Streams the SSTables of a directory, and returns the nodes that did not get everything. */
  List<String> stream(Path directory, List<Receiver> receivers) throws IOException {
    try {
      requests.writeByte('S');
      text(directory.toString());
      list(
          receivers,
          receiver -> {
            text(receiver.address().getAddress().getHostAddress());
            requests.writeInt(receiver.address().getPort());
            list(
                receiver.ranges(),
                range -> {
                  requests.writeLong(range.start());
                  requests.writeLong(range.end());
                });
          });
      requests.flush();
    } catch (IOException e) {
      throw dead(e);
    }
    awaitAnswer();
    List<String> failed = new ArrayList<>();
    for (int count = answers.readInt(); count > 0; count--) {
      failed.add(answeredText());
    }
    return failed;
  }

  private void text(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    requests.writeInt(utf8.length);
    requests.write(utf8);
  }

  private <V> void list(List<V> values, Words<V> words) throws IOException {
    requests.writeInt(values.size());
    for (V value : values) {
      words.say(value);
    }
  }

  private void awaitAnswer() throws IOException {
    int answer;
    try {
      answer = answers.readByte();
    } catch (IOException e) {
      throw dead(e);
    }
    if (answer == 0) {
      throw new IOException(answeredText());
    }
  }

  private String answeredText() throws IOException {
    return new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
  }

  /** It ended in the middle of a sentence; what it said last tells why. */
  private IOException dead(IOException cause) throws IOException {
    return new IOException("the process that writes SSTables ended: " + saidLast(), cause);
  }

  /** The last lines of the child's log. */
  String saidLast() throws IOException {
    List<String> said = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return String.join("\n", said.subList(Math.max(0, said.size() - 20), said.size()));
  }

  /** Ends the child and waits for it. */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
