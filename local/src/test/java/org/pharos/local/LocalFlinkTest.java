package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LocalFlinkTest {
  @Test
  @Tag("slow")
  void offers_its_slots_again_after_each_kind_of_kill_and_leaves_nothing_behind() throws Exception {
    long jobManager;
    long taskManager;
    Path directory;
    try (LocalFlink flink = LocalFlink.builder().slots(3).shortLived(true).start()) {
      assertThat(overview(flink)).contains("\"slots-total\":3", "\"flink-version\":\"1.19.0\"");

      flink.killTaskManager(1);
      flink.startTaskManager(1);
      assertThat(overview(flink)).contains("\"slots-available\":3");

      flink.killJobManager();
      flink.startJobManager();
      assertThat(overview(flink)).contains("\"slots-total\":3");

      jobManager = flink.pid();
      taskManager = flink.pid(1);
      directory = flink.directory();
      assertThat(flink.savepoints()).isDirectory();
    }
    assertThat(ProcessHandle.of(jobManager)).isEmpty();
    assertThat(ProcessHandle.of(taskManager)).isEmpty();
    assertThat(directory).doesNotExist();
  }

  private static String overview(LocalFlink flink) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + flink.address() + "/overview")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
