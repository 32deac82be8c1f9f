package org.pharos.schemas.text;

import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * A document as its tokens.
 *
 * @param id the document's
 * @param tokens in the order of the text; empty for a text without words
 */
@DefaultSchema(RecordSchema.class)
public record DocumentTokens(String id, List<Token> tokens) {

  public DocumentTokens {
    Objects.requireNonNull(id, "id");
    tokens = List.copyOf(tokens);
  }
}
