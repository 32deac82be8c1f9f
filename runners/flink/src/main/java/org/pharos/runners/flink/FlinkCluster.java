package org.pharos.runners.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.JobFailed;

/** A Flink session cluster, asked over its REST port. */
final class FlinkCluster implements Cluster {
  private static final Pattern ADDRESS = Pattern.compile("[^\\[\\]]+:\\d+");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Jobs that were there before: others of the same name are not ours. */
  private final Set<String> earlier = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Heard heard;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * What was told of the job last.
   *
   * @param nanos when
   */
  private record Heard(String id, String told, long nanos) {
    @Override
    public String toString() {
      return "last heard " + (System.nanoTime() - nanos) / 1_000_000_000 + " s ago: " + told;
    }
  }

  /** Whether a value of {@code --flinkMaster} leads to a cluster, rather than into this JVM. */
  static boolean isAddress(String master) {
    return ADDRESS.matcher(master).matches();
  }

  @Override
  public void check(PipelineOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    String master = flink.getFlinkMaster();
    if (!isAddress(master)) {
      return;
    }
    checkFiles(flink.getFilesToStage());
    heard = null;
    JsonNode overview;
    try {
      overview = get(master, "/overview");
      get(master, "/jobs/overview").path("jobs").forEach(job -> earlier.add(id(job)));
    } catch (IOException e) {
      throw new JobFailed(
          "no Flink answers at "
              + master
              + " ("
              + described(e)
              + "). --flinkMaster takes host:port of the job manager's REST port, 8081 unless"
              + " changed: open http://"
              + master
              + " to see whether it is up",
          e);
    }
    int slots = overview.path("slots-total").asInt();
    if (slots < flink.getParallelism()) {
      throw new JobFailed(
          String.format(
              Locale.ROOT,
              "the Flink at %s has %d slots in all, and the job wants %d: add task managers, or"
                  + " take --parallelism=%d",
              master,
              slots,
              flink.getParallelism(),
              Math.max(1, slots)),
          null);
    }
  }

  private static void checkFiles(@Nullable List<String> files) {
    for (String file : files == null ? List.<String>of() : files) {
      if (!Files.isReadable(Path.of(file))) {
        throw new BadOption("filesToStage", file, "is not a file that can be read here");
      }
    }
  }

  @Override
  public boolean detaches(PipelineOptions options) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    return isAddress(flink.getFlinkMaster()) && !flink.getAttachedMode();
  }

  @Override
  public String progress(PipelineOptions options) {
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    if (!isAddress(master)) {
      return "";
    }
    try {
      return newest(get(master, "/jobs/overview"), options.getJobName())
          .map(this::hear)
          .orElse("being submitted to " + master);
    } catch (IOException e) {
      return master + " does not answer";
    }
  }

  /** The job of that name that began last, of those that began since the check. */
  private Optional<JsonNode> newest(JsonNode overview, String name) {
    JsonNode newest = null;
    for (JsonNode job : overview.path("jobs")) {
      if (job.path("name").asText().equals(name)
          && !earlier.contains(id(job))
          && (newest == null
              || job.path("start-time").asLong() > newest.path("start-time").asLong())) {
        newest = job;
      }
    }
    return Optional.ofNullable(newest);
  }

  private String hear(JsonNode job) {
    String told = told(job);
    heard = new Heard(id(job), told, System.nanoTime());
    return told;
  }

  @Override
  public String explain(PipelineOptions options, Throwable failure) {
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    if (!isAddress(master)) {
      return "";
    }
    String missing = missingClass(failure);
    if (!missing.isEmpty()) {
      return String.format(
          "the Flink at %s did not find %s in what was sent (%s). Send the jar for clusters, which"
              + " \"mvn -pl runners/flink -am package -DskipTests\" writes to"
              + " runners/flink/target/...-cluster.jar",
          master, missing, String.join(", ", files(options)));
    }
    Heard last = heard;
    try {
      JsonNode jobs = get(master, "/jobs/overview").path("jobs");
      return last == null ? "" : explain(master, last, jobs);
    } catch (IOException e) {
      return String.format(
          "the Flink at %1$s no longer answers (%2$s)%3$s. Whether the job goes on is not known: a"
              + " job manager with high availability takes it up again, one without has forgotten"
              + " it. Open http://%1$s once it is back; what the job wrote stays, and it may be run"
              + " again",
          master, described(e), last == null ? "" : "; " + last);
    }
  }

  private static List<String> files(PipelineOptions options) {
    List<String> files = options.as(FlinkPipelineOptions.class).getFilesToStage();
    return files == null ? List.of() : files;
  }

  private static String missingClass(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      boolean missing =
          each instanceof ClassNotFoundException || each instanceof NoClassDefFoundError;
      if (missing && each.getMessage() != null) {
        return each.getMessage().replace('/', '.');
      }
    }
    return "";
  }

  private static String explain(String master, Heard last, JsonNode jobs) {
    for (JsonNode job : jobs) {
      if (id(job).equals(last.id())) {
        return ENDED.contains(job.path("state").asText())
            ? ""
            : String.format(
                "the Flink at %1$s was out of reach for too long, and the job goes on there: %2$s."
                    + " Follow it at http://%1$s, or cancel it there before it is run again",
                master, told(job));
      }
    }
    return String.format(
        "the Flink at %s has lost the job (%s): its job manager was started anew, without high"
            + " availability. What the job wrote stays, and it may be run again",
        master, last);
  }

  private static String told(JsonNode job) {
    JsonNode tasks = job.path("tasks");
    return String.format(
        Locale.ROOT,
        "%s, %d of %d tasks done, job %s",
        job.path("state").asText(),
        tasks.path("finished").asInt(),
        tasks.path("total").asInt(),
        id(job));
  }

  private static String id(JsonNode job) {
    return job.path("jid").asText();
  }

  private JsonNode get(String master, String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + master + path)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("HTTP " + response.statusCode() + " for " + path);
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String described(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
