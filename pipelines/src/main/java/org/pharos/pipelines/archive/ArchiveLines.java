package org.pharos.pipelines.archive;

import java.io.BufferedInputStream;
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
        InputStream in = new BufferedInputStream(zip.getInputStream(find(zip)), 1 << 16)) {
      int number = 0;
      long lineStart = 0;
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      if (first > 0) {
        // The line that holds the byte before the run's first began before the run.
        number = skip(in, first - 1) + 1;
        lineStart = first - 1 + readLine(in, line);
      }
      int length;
      while (lineStart < end && (length = readLine(in, line)) > 0) {
        action.accept(new Line(entry, number, line.toString(StandardCharsets.UTF_8)));
        number++;
        lineStart += length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + entry + " of " + archive, e);
    }
  }

  /** Reads past so many bytes, and tells how many lines end in them. */
  private static int skip(InputStream in, long bytes) throws IOException {
    byte[] block = new byte[1 << 16];
    int lines = 0;
    for (long left = bytes; left > 0; ) {
      int length = in.readNBytes(block, 0, (int) Math.min(left, block.length));
      if (length == 0) {
        break;
      }
      lines += lineFeeds(block, length);
      left -= length;
    }
    return lines;
  }

  // A method of its own, so that it is compiled while a long file is still being skipped.
  private static int lineFeeds(byte[] block, int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += block[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Reads a line, and tells its length with its end; 0 if there is none. */
  private static int readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
    line.reset();
    int next;
    while ((next = in.read()) >= 0) {
      if (next == '\n') {
        return line.size() + 1;
      }
      line.write(next);
    }
    return line.size();
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
