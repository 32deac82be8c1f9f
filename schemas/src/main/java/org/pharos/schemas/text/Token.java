package org.pharos.schemas.text;

import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * A piece of a text. {@code text.substring(start, end)} is what it was made from.
 *
 * @param term the token, perhaps changed by its tokenizer (lower-cased, stemmed)
 * @param start where it starts: the number of UTF-16 units (Java chars) before it, 0 or more
 * @param end where it ends, in the same units, exclusive
 */
@DefaultSchema(RecordSchema.class)
public record Token(String term, int start, int end) {

  public Token {
    Objects.requireNonNull(term, "term");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "a token's offsets are 0 <= start <= end, but " + term + " has " + start + ", " + end);
    }
  }
}
