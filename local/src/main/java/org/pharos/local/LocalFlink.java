package org.pharos.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A Flink session cluster on 127.0.0.1: a job manager and task managers, each a child process. It
 * lives until {@link #close}, and never longer than this process, however that ends.
 *
 * <p>Task managers are counted from 1. Not safe for use by several threads.
 */
public final class LocalFlink implements AutoCloseable {
  static final String VERSION = "flink";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final FlinkSettings settings;
  private final List<Path> server;
  private final FlinkRest rest;
  private final ChildProcess jobManager;
  private final List<ChildProcess> taskManagers;
  private final Map<Integer, String> resources = new HashMap<>();
  private final Ending ending;
  private int launches;

  LocalFlink(FlinkSettings settings, List<Path> server) {
    this.settings = settings;
    this.server = server;
    this.rest = new FlinkRest(settings.address(), settings.restPort());
    this.jobManager = process("job manager", FlinkSettings.JOB_MANAGER);
    this.taskManagers =
        IntStream.rangeClosed(1, settings.taskManagers())
            .mapToObj(number -> process("task manager " + number, settings.taskManager(number)))
            .toList();
    this.ending = new Ending(this::end);
  }

  private ChildProcess process(String role, String name) {
    return new ChildProcess(
        "Flink " + settings.version() + " " + role,
        Directories.create(settings.home(name)),
        settings.log(name),
        settings.log(name));
  }

  /**
   * One task manager with the defaults of {@link #builder}.
   *
   * @throws MissingArtifactException when Flink's jars cannot be had
   * @throws IllegalStateException when it does not start; the message ends with the log's last
   *     lines
   */
  public static LocalFlink start() {
    return builder().start();
  }

  /** A description of the cluster to start. */
  public static LocalFlinkBuilder builder() {
    return new LocalFlinkBuilder();
  }

  void startUp() {
    try {
      Instant deadline = Instant.now().plus(START_LIMIT);
      launchJobManager();
      IntStream.rangeClosed(1, taskManagers.size()).forEach(this::launchTaskManager);
      awaitRest(deadline);
      awaitTaskManagers(deadline);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Where jobs are submitted and the web page is: {@code host:port}. */
  public String address() {
    return settings.address() + ":" + settings.restPort();
  }

  /** How many task managers there are, running or not. */
  public int taskManagers() {
    return taskManagers.size();
  }

  /** The tasks that one task manager runs beside each other. */
  public int slots() {
    return settings.slots();
  }

  /** Where the processes keep their files, a subdirectory each. */
  public Path directory() {
    return settings.directory();
  }

  /** Where checkpoints are kept, also after the cluster was killed and started again. */
  public Path checkpoints() {
    return settings.checkpoints();
  }

  /** Where savepoints are kept. */
  public Path savepoints() {
    return settings.savepoints();
  }

  /** The jars of its processes, which are those of Flink's own client of that version too. */
  public List<Path> classPath() {
    return server;
  }

  /**
   * The folder of the job manager's configuration: as {@code FLINK_CONF_DIR} it leads Flink's own
   * client here.
   */
  public Path configuration() {
    return settings.configuration(FlinkSettings.JOB_MANAGER);
  }

  /** The log of the job manager. */
  public Path log() {
    return settings.log(FlinkSettings.JOB_MANAGER);
  }

  /** The log of a task manager. */
  public Path log(int taskManager) {
    return settings.log(settings.taskManager(taskManager));
  }

  /** The process of the running job manager. */
  public long pid() {
    return jobManager.pid();
  }

  /** The process of a running task manager. */
  public long pid(int taskManager) {
    return at(taskManager).pid();
  }

  /** Ends the job manager as {@code kill -9} does, and its jobs with it. */
  public void killJobManager() {
    jobManager.kill();
  }

  /** Starts a killed job manager again, and waits until the task managers have found it. */
  public void startJobManager() {
    Instant deadline = Instant.now().plus(START_LIMIT);
    launchJobManager();
    awaitRest(deadline);
    awaitTaskManagers(deadline);
  }

  /** Ends a task manager as {@code kill -9} does. */
  public void killTaskManager(int taskManager) {
    at(taskManager).kill();
  }

  /** Starts a killed task manager again, and waits until it offers its slots. */
  public void startTaskManager(int taskManager) {
    launchTaskManager(taskManager);
    awaitTaskManagers(Instant.now().plus(START_LIMIT));
  }

  /** Makes a task manager stand still. */
  public void pauseTaskManager(int taskManager) {
    at(taskManager).pause();
  }

  /** Lets a paused task manager go on. */
  public void resumeTaskManager(int taskManager) {
    at(taskManager).resume();
  }

  /** Ends all processes and deletes their directory, unless it was given. Idempotent. */
  @Override
  public void close() {
    ending.now();
  }

  private void end() {
    taskManagers.forEach(ChildProcess::kill);
    jobManager.kill();
    if (settings.temporary()) {
      Directories.delete(settings.directory());
    }
  }

  private void launchJobManager() {
    jobManager.requireNotRunning();
    jobManager.start(FlinkFiles.jobManager(settings, server));
  }

  private void launchTaskManager(int number) {
    at(number).requireNotRunning();
    // Another name each time, or the one that was killed would be taken for it.
    String resource = settings.taskManager(number) + "-" + ++launches;
    resources.put(number, resource);
    at(number).start(FlinkFiles.taskManager(settings, server, number, resource));
  }

  private void awaitRest(Instant deadline) {
    while (rest.taskManagers().isEmpty()) {
      jobManager.awaitMore(deadline, "does not answer on " + address());
    }
  }

  private void awaitTaskManagers(Instant deadline) {
    for (int number = 1; number <= taskManagers.size(); number++) {
      ChildProcess process = at(number);
      while (process.isRunning() && !offersSlots(number)) {
        process.awaitMore(deadline, "does not offer its slots to the job manager");
      }
    }
  }

  private boolean offersSlots(int number) {
    // A task manager is listed before its slots are.
    Pattern listed =
        Pattern.compile(
            "\"id\":\"%s\"[^{}]*\"slotsNumber\":%d\\b"
                .formatted(resources.get(number), settings.slots()));
    return rest.taskManagers().map(all -> listed.matcher(all).find()).orElse(false);
  }

  private ChildProcess at(int taskManager) {
    if (taskManager < 1 || taskManager > taskManagers.size()) {
      throw new IllegalArgumentException(
          "Task manager " + taskManager + " is not one of 1 to " + taskManagers.size());
    }
    return taskManagers.get(taskManager - 1);
  }

  @Override
  public String toString() {
    return "LocalFlink[" + address() + "]";
  }
}
