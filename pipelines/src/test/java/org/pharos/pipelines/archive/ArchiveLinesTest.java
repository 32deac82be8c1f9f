package org.pharos.pipelines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.pipelines.archive.ArchiveLines.Line;

class ArchiveLinesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 7, 100, 65_535, 65_536, 65_537, 1_000_000})
  void the_runs_of_a_file_hold_each_line_once_and_in_order(long bytesEach) throws IOException {
    List<String> lines =
        IntStream.range(0, 300).mapToObj(i -> "é".repeat(i * i % 1000) + i).toList();
    String archive = zip("a.txt", String.join("\n", lines) + "\n");

    assertThat(linesOf(ArchiveLines.split(archive, "a.txt", Math.max(bytesEach, 50))))
        .isEqualTo(numbered(lines));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keeps_empty_lines_and_a_last_line_without_end(long bytesEach) throws IOException {
    String archive = zip("a.txt", "\na\n\n\nbc\nd");

    assertThat(linesOf(ArchiveLines.split(archive, "a.txt", bytesEach)))
        .isEqualTo(numbered(List.of("", "a", "", "", "bc", "d")));
  }

  @Test
  void an_empty_file_has_no_runs() throws IOException {
    assertThat(ArchiveLines.split(zip("a.txt", ""), "a.txt", 10)).isEmpty();
  }

  @Test
  void names_the_file_that_an_archive_lacks() throws IOException {
    String archive = zip("a.txt", "a");

    assertThatThrownBy(() -> ArchiveLines.whole(archive, "b.txt").forEach(line -> {}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read b.txt of " + archive)
        .hasRootCauseMessage("no file b.txt in " + archive);
  }

  private static List<Line> linesOf(List<ArchiveLines> runs) {
    List<Line> lines = new ArrayList<>();
    runs.forEach(run -> run.forEach(lines::add));
    return lines;
  }

  private static List<Line> numbered(List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> new Line("a.txt", i, lines.get(i)))
        .toList();
  }

  private String zip(String name, String text) throws IOException {
    Path file = folder.resolve("archive.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return file.toString();
  }
}
