package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CqlTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "customer_id", "x1", "key", "type", "vector"})
  void leaves_plain_names_alone(String name) {
    assertThat(Cql.identifier(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "customerId", "_a", "1a", "a b", "a-b", "é", "select", "token", "primary"})
  void quotes_what_would_mean_something_else(String name) {
    assertThat(Cql.identifier(name)).isEqualTo('"' + name + '"');
  }

  @Test
  void doubles_quotes_inside() {
    assertThat(Cql.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
    assertThat(Cql.literal("it's")).isEqualTo("'it''s'");
    assertThat(Cql.qualified("Shop", "order")).isEqualTo("\"Shop\".\"order\"");
  }

  @Test
  void refuses_an_empty_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cql.identifier(""))
        .withMessage("an identifier cannot be empty");
  }

  @Property
  void reads_back_as_the_same_name(@ForAll @StringLength(min = 1, max = 20) String name) {
    assertThat(parsed(Cql.identifier(name))).isEqualTo(name);
  }

  @Property
  void literals_read_back_as_the_same_text(@ForAll String text) {
    String literal = Cql.literal(text);
    String inner = literal.substring(1, literal.length() - 1);

    assertThat(inner.replace("''", "")).doesNotContain("'");
    assertThat(inner.replace("''", "'")).isEqualTo(text);
  }

  // As Cassandra's grammar reads an identifier.
  private static String parsed(String identifier) {
    if (identifier.startsWith("\"")) {
      String inner = identifier.substring(1, identifier.length() - 1);
      assertThat(inner.replace("\"\"", "")).doesNotContain("\"");
      return inner.replace("\"\"", "\"");
    }
    assertThat(identifier).matches("[a-zA-Z][a-zA-Z0-9_]*");
    return identifier.toLowerCase(Locale.ROOT);
  }
}
