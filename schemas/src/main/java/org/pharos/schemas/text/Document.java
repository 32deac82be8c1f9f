package org.pharos.schemas.text;

import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.RecordSchema;

/**
 * A text with its identity: a page, a message, a dictionary entry.
 *
 * @param id what the document is called, unique among the documents
 * @param title a short name for people; may be missing
 * @param text the text; a document without one has no tokens
 * @param attributes whatever else is known of it (source, language, ...); null for none (an empty
 *     map becomes null, as it does in a table)
 */
@DefaultSchema(RecordSchema.class)
public record Document(
    String id,
    @Nullable String title,
    @Nullable String text,
    @Nullable Map<String, String> attributes) {

  public Document {
    Objects.requireNonNull(id, "id");
    attributes = attributes == null || attributes.isEmpty() ? null : Map.copyOf(attributes);
  }

  /** A document of nothing but its text. */
  public static Document of(String id, String text) {
    return new Document(id, null, text, null);
  }
}
