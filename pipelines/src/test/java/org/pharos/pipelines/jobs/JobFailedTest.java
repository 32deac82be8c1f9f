package org.pharos.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

class JobFailedTest {
  @Test
  void tells_the_innermost_causes_without_their_wrappers() {
    Exception root = new IOException("disk full");
    Exception own = new BadOption("cannot write x");
    own.initCause(root);
    Exception wrapped =
        new RuntimeException(new RuntimeException("java.lang: cannot write x", own));

    assertThat(JobFailed.because("copy", wrapped))
        .hasMessage("copy failed: cannot write x; IOException: disk full")
        .hasCause(wrapped);
  }

  @Test
  void tells_the_class_of_a_failure_without_a_message() {
    assertThat(JobFailed.because("copy", new IllegalStateException()))
        .hasMessage("copy failed: IllegalStateException");
  }
}
