package org.pharos.drills.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pharos.runners.flink.FlinkLauncher;

/** A pipeline of the catalog on a Flink cluster: submitted as people do, followed over REST. */
public final class FlinkJob {
  private static final Pattern ID = Pattern.compile("job ([0-9a-f]{32})");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String master;
  private final String id;

  private FlinkJob(String master, String id) {
    this.master = master;
    this.id = id;
  }

  /**
   * Submits a pipeline and leaves it to the cluster.
   *
   * @param jar the jar for clusters
   * @param master the cluster's REST port
   * @param log where the launcher's output goes
   * @param flags the pipeline's name and options
   * @throws IllegalStateException if it is not taken, with what the launcher said
   */
  public static FlinkJob submit(Path jar, String master, Path log, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-Dpharos.cluster.jar=" + jar);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(FlinkLauncher.class.getName());
    command.add("run");
    command.addAll(flags);
    command.add("--flinkMaster=" + master);
    command.add("--attachedMode=false");
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String out = Files.readString(log, StandardCharsets.UTF_8);
      Matcher found = ID.matcher(out);
      if (!ended || process.exitValue() != 0 || !found.find()) {
        throw new IllegalStateException("the job was not taken: " + out.strip());
      }
      return new FlinkJob(master, found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a job was submitted", e);
    }
  }

  /** What Flink calls its state, such as RUNNING. */
  public String state() {
    return get("").path("state").asText();
  }

  /** How many checkpoints are complete. */
  public long checkpoints() {
    return get("/checkpoints").path("counts").path("completed").asLong();
  }

  /** How often it was started again from a checkpoint. */
  public long restores() {
    return get("/checkpoints").path("counts").path("restored").asLong();
  }

  /** The cause of its last failure, in a line; empty if there was none. */
  public String failure() {
    return get("/exceptions").path("root-exception").asText("").lines().findFirst().orElse("");
  }

  /** Ends it. */
  public void cancel() {
    JsonNode unused = send(HttpRequest.newBuilder(uri("?mode=cancel")).method("PATCH", empty()));
  }

  private static HttpRequest.BodyPublisher empty() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  private URI uri(String path) {
    return URI.create("http://" + master + "/jobs/" + id + path);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "Flink answers " + response.statusCode() + " for job " + id + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException("Flink at " + master + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Flink was asked", e);
    }
  }
}
