package org.pharos.transforms.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.text.Token;

class LuceneAnalyzerTest {

  @Test
  void the_english_analyzer_stems_and_drops_stop_words_but_keeps_places() {
    assertThat(LuceneAnalyzer.english().tokenize("The runners are running"))
        .containsExactly(new Token("runner", 4, 11), new Token("run", 16, 23));
  }

  @Test
  void takes_an_analyzer_with_parameters_from_a_source() {
    assertThat(LuceneAnalyzer.from(() -> new WhitespaceAnalyzer(4)).tokenize("to-do longest"))
        .containsExactly(
            new Token("to-d", 0, 4),
            new Token("o", 4, 5),
            new Token("long", 6, 10),
            new Token("est", 10, 13));
  }

  @Test
  void travels_to_workers_and_opens_again_after_closing() {
    LuceneAnalyzer analyzer = LuceneAnalyzer.english();
    List<Token> tokens = analyzer.tokenize("cats");
    LuceneAnalyzer copy = SerializableUtils.clone(analyzer);
    assertThat(copy.tokenize("cats")).isEqualTo(tokens).containsExactly(new Token("cat", 0, 4));
    copy.close();
    assertThat(copy.tokenize("cats")).isEqualTo(tokens);
  }

  @Test
  void a_class_that_is_no_analyzer_is_refused() {
    assertThatThrownBy(() -> LuceneAnalyzer.named("java.lang.String"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "java.lang.String is not a Lucene analyzer with a constructor without parameters");
  }

  @Test
  void says_which_dependency_is_missing() throws Exception {
    try (URLClassLoader withoutLucene = new WithoutLucene()) {
      Class<?> type = withoutLucene.loadClass(LuceneAnalyzer.class.getName());
      assertThatThrownBy(() -> type.getMethod("english").invoke(null))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Lucene is missing: add org.apache.lucene:lucene-analysis-common (9.x) to the class"
                  + " path");
    }
  }

  /** Our classes in a world in which there is no Lucene. */
  private static final class WithoutLucene extends URLClassLoader {

    WithoutLucene() throws IOException {
      super(
          new URL[] {LuceneAnalyzer.class.getProtectionDomain().getCodeSource().getLocation()},
          LuceneAnalyzerTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.lucene.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("org.pharos.transforms.")) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
