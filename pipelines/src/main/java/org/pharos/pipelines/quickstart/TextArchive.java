package org.pharos.pipelines.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The text files of a jar, line by line. */
final class TextArchive implements AutoCloseable {
  private final ZipFile zip;

  /** What is done with a line and its number, from 0. */
  interface Line {
    void read(String text, int number) throws IOException;
  }

  TextArchive(Path file) throws IOException {
    this.zip = new ZipFile(file.toFile());
  }

  void forEach(String file, Line action) throws IOException {
    ZipEntry entry = zip.getEntry(file);
    if (entry == null) {
      throw new IOException("no file " + file + " in " + zip.getName());
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        action.read(line, number++);
      }
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
