package org.pharos.schemas.text;

import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** The tables that texts are kept in: one partition a document, one a term. */
public final class TextTables {

  private TextTables() {}

  /** {@code documents}: rows of {@link Document} by {@code id}. */
  public static Table documents(String keyspace) {
    return Table.of(Document.class, keyspace, "documents").partitionKey("id").build();
  }

  /**
   * {@code document_tokens}: rows of {@link DocumentTokens} by {@code id}. The tokens are one
   * frozen list of the user type {@code text_token}, so that an empty list stays an empty list. A
   * list is one cell: cut a text of more than some 10,000 words into several documents first.
   */
  public static Table tokens(String keyspace) {
    CqlType.UserType token =
        CqlType.userType(
            "text_token",
            new CqlType.UserType.Field("term", CqlType.TEXT),
            new CqlType.UserType.Field("start", CqlType.INT),
            new CqlType.UserType.Field("end", CqlType.INT));
    return Table.named(keyspace, "document_tokens")
        .partitionKey("id", CqlType.TEXT)
        .column("tokens", CqlType.frozen(CqlType.list(CqlType.frozen(token))))
        .build();
  }

  /** {@code terms}: rows of {@link Term} by {@code term}. */
  public static Table terms(String keyspace) {
    return Table.of(Term.class, keyspace, "terms").partitionKey("term").build();
  }
}
