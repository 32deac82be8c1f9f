package org.pharos.pipelines.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A run of lines of a text file inside a jar or zip: those that begin at a byte from {@code first}
 * (inclusive) to {@code end} (exclusive) of the unpacked file. The runs of {@link #split} hold each
 * line once, so several workers can read one file; each unpacks what lies before its run again,
 * which costs little beside parsing it.
 *
 * @param archive the path of the jar or zip
 * @param entry the file's path inside it
 * @param first the byte that the first line begins at or after
 * @param end the byte before which the last line begins
 */
public record ArchiveLines(String archive, String entry, long first, long end)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A line without its end, the file that it is in, and its number there, from 0. */
  public record Line(String entry, int number, String text) {}

  /** The runs of about {@code bytesEach} bytes that together hold each line of a file once. */
  public static List<ArchiveLines> split(String archive, String entry, long bytesEach) {
    if (bytesEach < 1) {
      throw new IllegalArgumentException("bytesEach must be 1 or more: " + bytesEach);
    }
    long size = size(archive, entry);
    List<ArchiveLines> runs = new ArrayList<>();
    for (long first = 0; first < size; first += bytesEach) {
      runs.add(new ArchiveLines(archive, entry, first, Math.min(size, first + bytesEach)));
    }
    return runs;
  }

  /** The whole of a file as one run. */
  public static ArchiveLines whole(String archive, String entry) {
    return new ArchiveLines(archive, entry, 0, Long.MAX_VALUE);
  }

  /**
   * Hands each line of the run to {@code action}, in order. Lines end with a line feed and are
   * UTF-8.
   *
   * @throws UncheckedIOException if the archive cannot be read or lacks the file
   */
  public void forEach(Consumer<Line> action) {
    try (ZipFile zip = new ZipFile(archive);
        InputStream in = zip.getInputStream(find(zip))) {
      Bytes bytes = new Bytes(in);
      int number = 0;
      long lineStart = 0;
      if (first > 0) {
        // The line that holds the byte before the run's first began before the run.
        number = bytes.skip(first - 1) + 1;
        lineStart = first - 1 + bytes.nextLine().size();
      }
      while (lineStart < end) {
        ByteArrayOutputStream line = bytes.nextLine();
        if (line.size() == 0) {
          return;
        }
        lineStart += line.size();
        String text = line.toString(StandardCharsets.UTF_8);
        action.accept(new Line(entry, number++, text.endsWith("\n") ? chopped(text) : text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry + " of " + archive, e);
    }
  }

  private static String chopped(String line) {
    return line.substring(0, line.length() - 1);
  }

  /** The bytes of a stream, looked through by the block. */
  private static final class Bytes {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] block = new byte[1 << 16];
    private int at;
    private int limit;

    Bytes(InputStream in) {
      this.in = in;
    }

    /** Reads past so many bytes, and tells how many lines end in them. */
    int skip(long bytes) throws IOException {
      int lines = 0;
      for (long left = bytes; left > 0 && fill(); ) {
        int length = (int) Math.min(left, limit - at);
        lines += lineFeeds(at, at + length);
        at += length;
        left -= length;
      }
      return lines;
    }

    // A method of its own, so that it is compiled while a long file is still being skipped.
    private int lineFeeds(int from, int to) {
      int count = 0;
      for (int i = from; i < to; i++) {
        count += block[i] == '\n' ? 1 : 0;
      }
      return count;
    }

    /** The next line with its end, if it has one; empty if there is none. */
    ByteArrayOutputStream nextLine() throws IOException {
      line.reset();
      for (boolean ended = false; !ended && fill(); ) {
        int next = afterLineFeed();
        ended = next > 0;
        int to = ended ? next : limit;
        line.write(block, at, to - at);
        at = to;
      }
      return line;
    }

    /** Where the next line of the block begins; 0 if no line ends in it. */
    private int afterLineFeed() {
      for (int i = at; i < limit; i++) {
        if (block[i] == '\n') {
          return i + 1;
        }
      }
      return 0;
    }

    /** Whether there is another byte. */
    private boolean fill() throws IOException {
      if (at == limit) {
        at = 0;
        limit = Math.max(0, in.read(block));
      }
      return at < limit;
    }
  }

  private ZipEntry find(ZipFile zip) throws IOException {
    ZipEntry found = zip.getEntry(entry);
    if (found == null) {
      throw new IOException("no file " + entry + " in " + archive);
    }
    return found;
  }

  private static long size(String archive, String entry) {
    try (ZipFile zip = new ZipFile(archive)) {
      return whole(archive, entry).find(zip).getSize();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry + " of " + archive, e);
    }
  }
}
