package org.pharos.runners.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The jobs of the shared cluster, stopped as its owner would stop them: over its REST port. */
final class ClusterJobs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ClusterJobs() {}

  /** The ids of those that run. */
  static List<String> running() {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : send(request("/jobs/overview").GET()).path("jobs")) {
      if (job.path("state").asText().equals("RUNNING")) {
        ids.add(job.path("jid").asText());
      }
    }
    return ids;
  }

  /** Cancels all that run. */
  static void cancel() {
    for (String id : running()) {
      JsonNode unused =
          send(
              request("/jobs/" + id + "?mode=cancel")
                  .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }
  }

  /** Stops the one job that runs with a savepoint, and says where that lies. */
  static String stopWithSavepoint() throws InterruptedException {
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

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + SharedFlink.CLUSTER.address() + path));
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
