package org.pharos.pipelines.archive;

import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The lines of text files in a jar or zip, each as what its parser makes of it. Bounded; a line is
 * read once; the values of a run of lines come in the order of the file. A file that is missing or
 * a line that does not parse fails the pipeline.
 *
 * @param <T> the type of the values
 */
public final class ReadArchive<T> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1L;
  private static final long BYTES_EACH = 2 << 20;

  private final String archive;
  private final List<String> entries;
  private final LineParser<T> parser;
  private final TypeDescriptor<T> type;

  private ReadArchive(
      String archive, List<String> entries, LineParser<T> parser, TypeDescriptor<T> type) {
    this.archive = archive;
    this.entries = entries;
    this.parser = parser;
    this.type = type;
  }

  /**
   * Reads some files of an archive.
   *
   * @param archive the path of the jar or zip, the same on every worker
   * @param entries the paths of the files inside it
   */
  public static <T> ReadArchive<T> of(
      String archive, List<String> entries, LineParser<T> parser, TypeDescriptor<T> type) {
    return new ReadArchive<>(archive, List.copyOf(entries), parser, type);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply("Files", Create.of(entries).withCoder(StringUtf8Coder.of()))
        .apply("Split files", ParDo.of(new SplitFn(archive)))
        .setCoder(SerializableCoder.of(ArchiveLines.class))
        .apply("Share out", Reshuffle.viaRandomKey())
        .apply("Parse lines", ParDo.of(new ParseFn<>(parser)))
        .setTypeDescriptor(type);
  }

  private static final class SplitFn extends DoFn<String, ArchiveLines> {
    private static final long serialVersionUID = 1L;
    private final String archive;

    SplitFn(String archive) {
      this.archive = archive;
    }

    @ProcessElement
    public void split(@Element String entry, OutputReceiver<ArchiveLines> out) {
      ArchiveLines.split(archive, entry, BYTES_EACH).forEach(out::output);
    }
  }

  private static final class ParseFn<T> extends DoFn<ArchiveLines, T> {
    private static final long serialVersionUID = 1L;
    private final LineParser<T> parser;
    private final Counter lines = Metrics.counter(ReadArchive.class, "lines_read");

    ParseFn(LineParser<T> parser) {
      this.parser = parser;
    }

    @ProcessElement
    public void parse(@Element ArchiveLines run, OutputReceiver<T> out) {
      run.forEach(
          line -> {
            lines.inc();
            parser.parse(line, out::output);
          });
    }
  }
}
