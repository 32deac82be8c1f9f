package org.pharos.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What a job manager tells over HTTP. */
final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String url;

  FlinkRest(String address, int port) {
    this.url = "http://" + address + ":" + port;
  }

  /** The task managers as JSON; nothing while nobody answers. */
  Optional<String> taskManagers() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/taskmanagers")).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
