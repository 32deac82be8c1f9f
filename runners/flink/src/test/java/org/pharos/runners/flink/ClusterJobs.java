package org.pharos.runners.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.pharos.local.LocalFlink;

/** The jobs of a cluster, watched and stopped as its owner would: over its REST port. */
record ClusterJobs(LocalFlink flink) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The ids of those that run. */
  List<String> running() {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : send(request("/jobs/overview").GET()).path("jobs")) {
      if (job.path("state").asText().equals("RUNNING")) {
        ids.add(job.path("jid").asText());
      }
    }
    return ids;
  }

  /** Cancels all that run. */
  void cancel() {
    for (String id : running()) {
      JsonNode unused =
          send(
              request("/jobs/" + id + "?mode=cancel")
                  .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }
  }

  /** Stops the one job that runs with a savepoint, and says where that lies. */
  String stopWithSavepoint() throws InterruptedException {
    String id = running().get(0);
    String trigger =
        send(request("/jobs/" + id + "/stop").POST(HttpRequest.BodyPublishers.ofString("{}")))
            .path("request-id")
            .asText();
    JsonNode answer;
    do {
      Thread.sleep(200);
      answer = send(request("/jobs/" + id + "/savepoints/" + trigger).GET());
    } while (!answer.path("status").path("id").asText().equals("COMPLETED"));
    String location = answer.path("operation").path("location").asText();
    if (location.isEmpty()) {
      throw new IllegalStateException("no savepoint: " + answer);
    }
    return location;
  }

  /** How often the one job that runs was started again. */
  int restarts() throws InterruptedException {
    return metrics("/jobs/" + running().get(0) + "/metrics?get=numRestarts")
        .path(0)
        .path("value")
        .asInt();
  }

  /** The greatest value that a subtask of the one job that runs has in a metric, by its ending. */
  long metric(String ending) throws InterruptedException {
    String job = "/jobs/" + running().get(0);
    long greatest = -1;
    for (JsonNode vertex : send(request(job).GET()).path("vertices")) {
      String subtasks = job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      for (JsonNode metric : metrics(subtasks)) {
        String name = metric.path("id").asText();
        if (name.endsWith(ending)) {
          String asked = URLEncoder.encode(name, StandardCharsets.UTF_8);
          long value = metrics(subtasks + "?get=" + asked).path(0).path("max").asLong();
          greatest = Math.max(greatest, value);
        }
      }
    }
    return greatest;
  }

  /** Flink collects metrics when it is asked for them, and answers with none at first. */
  private JsonNode metrics(String path) throws InterruptedException {
    for (int attempt = 0; attempt < 60; attempt++) {
      JsonNode found = send(request(path).GET());
      if (!found.isEmpty()) {
        return found;
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException("no metrics at " + path);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + flink.address() + path));
  }

  private static JsonNode send(HttpRequest.Builder request) {
    try {
      return JSON.readTree(
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
