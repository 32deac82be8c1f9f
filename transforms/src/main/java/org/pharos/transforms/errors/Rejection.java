package org.pharos.transforms.errors;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.values.Row;

/**
 * What a bad record says about itself, in its description: {@code STEP | REASON | DETAIL}, such as
 * {@code WriteTable shop.sales | KEY | column "day" of the key is null}.
 *
 * @param step which transform refused the element
 * @param reason the class of the error
 * @param detail what is wrong, without the element's values
 */
public record Rejection(String step, Reason reason, String detail) {
  private static final Pattern DESCRIPTION =
      Pattern.compile("(.*?) \\| ([A-Z_]+) \\| (.*)", Pattern.DOTALL);

  /** Reads a rejection back from the description of a bad record that our transforms made. */
  public static Rejection of(BadRecord bad) {
    Matcher matcher = DESCRIPTION.matcher(bad.getFailure().getDescription());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a description of ours: " + bad.getFailure().getDescription());
    }
    return new Rejection(matcher.group(1), Reason.valueOf(matcher.group(2)), matcher.group(3));
  }

  /** The description of a bad record. */
  public String description() {
    return step + " | " + reason + " | " + detail;
  }

  /**
   * A bad record that carries the row twice: encoded with the coder of its schema, and as JSON for
   * people.
   */
  public BadRecord badRecord(Row row, Exception cause) {
    return badRecord(row, RowCoder.of(row.getSchema()), RowJsonText.of(row), cause);
  }

  /** A bad record of an element that is no row, or could not become one. */
  public <T> BadRecord badRecord(T element, Coder<T> coder, Exception cause) {
    return badRecord(element, coder, RowJsonText.quoted(String.valueOf(element)), cause);
  }

  private <T> BadRecord badRecord(T element, Coder<T> coder, String json, Exception cause) {
    try {
      return BadRecord.builder()
          .setRecord(
              BadRecord.Record.builder()
                  .setHumanReadableJsonRecord(json)
                  .addCoderAndEncodedRecord(coder, element)
                  .build())
          .setFailure(
              BadRecord.Failure.builder()
                  .setException(cause.toString())
                  .addExceptionStackTrace(cause)
                  .setDescription(description())
                  .build())
          .build();
    } catch (IOException e) {
      throw new IllegalStateException("a stack trace could not be written", e);
    }
  }
}
