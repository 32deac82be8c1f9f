package org.pharos.transforms.cassandra;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/** A handler of bad records that turns each into a line with its reason and its first value. */
final class BadRecordTexts {
  private final ErrorHandler<BadRecord, PCollection<String>> handler;

  private BadRecordTexts(ErrorHandler<BadRecord, PCollection<String>> handler) {
    this.handler = handler;
  }

  static BadRecordTexts of(Pipeline pipeline) {
    return new BadRecordTexts(pipeline.registerBadRecordErrorHandler(new ToText()));
  }

  ErrorHandler<BadRecord, PCollection<String>> handler() {
    return handler;
  }

  void close() {
    try {
      handler.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  PCollection<String> texts() {
    return handler.getOutput();
  }

  String text(Table table, Reason reason, String detail, String first) {
    return text(new Rejection("WriteTable " + table.qualifiedName(), reason, detail), first);
  }

  private static String text(Rejection rejection, String json) {
    return rejection.description() + " <- " + json;
  }

  private static final class ToText
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(
                  record ->
                      text(
                          Rejection.of(record),
                          first(record.getRecord().getHumanReadableJsonRecord()))));
    }

    private static String first(String json) {
      return json.replaceFirst("^\\{\"[^\"]*\":\"?([^\",]*)\"?[,}].*", "$1");
    }
  }

  /** The row that a bad record carries, decoded. */
  static org.apache.beam.sdk.values.Row original(
      BadRecord record, org.apache.beam.sdk.schemas.Schema schema) {
    try {
      return RowCoder.of(schema)
          .decode(new ByteArrayInputStream(record.getRecord().getEncodedRecord()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
