package org.pharos.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.RecordShape;

class TextTablesTest {

  @Test
  void documents_tokens_and_terms_have_a_partition_each() {
    assertThat(TextTables.documents("ks").createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS ks.documents (
              id text,
              title text,
              text text,
              attributes map<text, text>,
              PRIMARY KEY (id)
            )\
            """);
    assertThat(TextTables.tokens("ks").createStatements())
        .containsExactly(
            "CREATE TYPE IF NOT EXISTS ks.text_token (term text, start int, end int)",
            """
            CREATE TABLE IF NOT EXISTS ks.document_tokens (
              id text,
              tokens frozen<list<frozen<text_token>>>,
              PRIMARY KEY (id)
            )\
            """);
    assertThat(TextTables.terms("ks").createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS ks.terms (
              term text,
              documents bigint,
              occurrences bigint,
              PRIMARY KEY (term)
            )\
            """);
  }

  @Test
  void records_fit_their_tables() {
    assertThat(TextTables.documents("ks").rowSchema().getFieldNames())
        .containsExactlyElementsOf(RecordSchema.of(Document.class).schema().getFieldNames());
    assertThat(TextTables.tokens("ks").rowSchema().getFieldNames())
        .containsExactlyElementsOf(RecordSchema.of(DocumentTokens.class).schema().getFieldNames());
    assertThat(tokenFields(TextTables.tokens("ks").rowSchema()))
        .containsExactlyElementsOf(RecordSchema.of(Token.class).schema().getFieldNames());
    assertThat(TextTables.terms("ks").rowSchema().getFieldNames())
        .containsExactlyElementsOf(RecordSchema.of(Term.class).schema().getFieldNames());
  }

  @Test
  void records_become_rows_and_come_back() {
    comesBack(Document.class, new Document("1", null, "text", Map.of("language", "en")));
    comesBack(Document.class, Document.of("2", ""));
    comesBack(
        DocumentTokens.class,
        new DocumentTokens("1", List.of(new Token("a", 0, 1), new Token("b", 2, 3))));
    comesBack(DocumentTokens.class, new DocumentTokens("1", List.of()));
    comesBack(Term.class, new Term("a", 1, 2));
  }

  @Test
  void no_attributes_are_null_as_in_a_table() {
    assertThat(new Document("1", null, "text", Map.of())).isEqualTo(Document.of("1", "text"));
  }

  @Test
  void a_token_ends_behind_its_start() {
    assertThatThrownBy(() -> new Token("word", 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a token's offsets are 0 <= start <= end, but word has 3, 2");
  }

  private static List<String> tokenFields(Schema rows) {
    return rows.getField("tokens")
        .getType()
        .getCollectionElementType()
        .getRowSchema()
        .getFieldNames();
  }

  private static <R extends Record> void comesBack(Class<R> type, R record) {
    RecordShape<R> shape = RecordSchema.of(type);
    Row row = shape.toRow(record);
    assertThat(shape.fromRow(row)).isEqualTo(record);
  }
}
