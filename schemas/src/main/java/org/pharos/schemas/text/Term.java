package org.pharos.schemas.text;

import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * A word of the vocabulary and how common it is.
 *
 * @param term the word
 * @param documents its document frequency: how many documents hold it
 * @param occurrences its term frequency: how many times it stands in all of them
 */
@DefaultSchema(RecordSchema.class)
public record Term(String term, long documents, long occurrences) {

  public Term {
    Objects.requireNonNull(term, "term");
  }
}
