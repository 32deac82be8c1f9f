package org.pharos.bulk;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.cassandra.exceptions.RequestValidationException;
import org.apache.cassandra.io.sstable.CQLSSTableWriter;
import org.apache.cassandra.utils.FBUtilities;
import org.jspecify.annotations.Nullable;

/** The main class of the child: carries out one request after the other. */
public final class LoadSSTables {
  private static final int VERSION = 1;
  private static final int BUFFER = 1 << 16;

  private final Requests in;
  private final Answers out;
  private @Nullable ShardFiles shard;
  private @Nullable String failure;

  private LoadSSTables(Requests in, Answers out) {
    this.in = in;
    this.out = out;
  }

  /** The parent's process id, and the directory to delete when it is gone. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    ParentWatch.start(Long.parseLong(arguments[0]), directory);
    FileOutputStream answered = new FileOutputStream(FileDescriptor.out);
    // What libraries print must not get between the answers.
    System.setOut(System.err);
    DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in, BUFFER));
    try {
      Answers answers = new Answers(new BufferedOutputStream(answered, BUFFER));
      new LoadSSTables(new Requests(requests), answers).run();
    } catch (IOException | RuntimeException | Error e) {
      // The parent sees the end of the answers, reads the log, and ends the requests.
      e.printStackTrace();
      answered.close();
      long unused = requests.transferTo(OutputStream.nullOutputStream());
    }
    ParentWatch.end(directory);
  }

  private void run() throws IOException {
    if (in.integer() != VERSION) {
      out.fail("its pharos-bulk is not of the version of pharos-transforms: take the same of both");
      return;
    }
    TargetTable table = TargetTable.read(in);
    int capacity = in.integer();
    out.send(to -> to.text(FBUtilities.getReleaseVersionString()));
    RowBuffer buffer = new RowBuffer(capacity, CQLSSTableWriter.UNSET_VALUE);
    for (int request = in.next(); request >= 0; request = in.next()) {
      switch (request) {
        case 'B' -> {
          failure = null;
          shard = new ShardFiles(table, buffer, Path.of(in.text()), TokenGroups.read(in));
        }
        case 'R' -> rows(in.integer());
        case 'E' -> end();
        case 'S' -> {
          String directory = in.text();
          List<StreamFiles.Receiver> receivers = in.list(() -> StreamFiles.Receiver.read(in));
          out.send(to -> to.texts(StreamFiles.stream(table, directory, receivers)));
        }
        default -> throw new IOException("there is no request " + request);
      }
    }
  }

  /**
   * Takes rows. What goes wrong is told at the end of the shard; until then rows are passed over.
   */
  private void rows(int length) throws IOException {
    if (failure == null) {
      try {
        begun().read(in, length);
        return;
      } catch (RequestValidationException e) {
        failure = Answers.describe(e);
      }
    }
    in.skip(length);
  }

  private void end() throws IOException {
    if (failure != null) {
      out.fail(failure);
      return;
    }
    ShardFiles ended = begun();
    out.send(
        to -> {
          List<ShardFiles.Written> written = ended.end();
          to.integer(written.size());
          for (ShardFiles.Written group : written) {
            to.integer(group.group());
            to.text(group.directory().toString());
            to.integer(group.sstables());
            to.bytes(group.bytes());
          }
        });
  }

  private ShardFiles begun() {
    if (shard == null) {
      throw new IllegalStateException("rows before the beginning of a shard");
    }
    return shard;
  }
}
