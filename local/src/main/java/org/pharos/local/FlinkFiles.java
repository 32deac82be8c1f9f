package org.pharos.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the processes of a Flink cluster read before they start, and their commands. */
final class FlinkFiles {
  /** Of a task manager's heap, what Flink itself takes. */
  private static final int FRAMEWORK_MEGABYTES = 128;

  private static final int NETWORK_MEGABYTES = 128;
  private static final int MANAGED_MEGABYTES = 128;
  private static final int OFF_HEAP_MEGABYTES = 128;
  private static final int METASPACE_MEGABYTES = 512;
  private static final int OVERHEAD_MEGABYTES = 128;

  private FlinkFiles() {}

  /** What a cluster's class path is made of. */
  static List<String> artifacts(String version) {
    return Stream.concat(
            Stream.of(
                    "flink-runtime",
                    "flink-clients",
                    "flink-streaming-java",
                    "flink-java",
                    "flink-runtime-web")
                .map(artifact -> "org.apache.flink:" + artifact + ":" + version),
            Stream.of(ConsoleLogging.ARTIFACT))
        .toList();
  }

  static List<String> jobManager(FlinkSettings settings, List<Path> server) {
    String process = FlinkSettings.JOB_MANAGER;
    write(settings, process, "");
    return command(
        settings,
        server,
        process,
        List.of("-Xmx" + settings.jobManagerMegabytes() + "m"),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        List.of("--executionMode", "cluster"));
  }

  /**
   * A task manager.
   *
   * @param resource what it calls itself
   */
  static List<String> taskManager(
      FlinkSettings settings, List<Path> server, int number, String resource) {
    String process = settings.taskManager(number);
    write(
        settings,
        process,
        """
        taskmanager.host: %1$s
        taskmanager.bind-host: %1$s
        taskmanager.resource-id: %2$s
        taskmanager.numberOfTaskSlots: %3$d
        taskmanager.cpu.cores: %3$d
        taskmanager.memory.framework.heap.size: %4$dm
        taskmanager.memory.framework.off-heap.size: %5$dm
        taskmanager.memory.task.heap.size: %6$dm
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.managed.size: %7$dm
        taskmanager.memory.network.min: %8$dm
        taskmanager.memory.network.max: %8$dm
        taskmanager.network.sort-shuffle.min-buffers: 64
        taskmanager.memory.jvm-metaspace.size: %9$dm
        taskmanager.memory.jvm-overhead.min: %10$dm
        taskmanager.memory.jvm-overhead.max: %10$dm
        """
            .formatted(
                settings.address(),
                resource,
                settings.slots(),
                FRAMEWORK_MEGABYTES,
                OFF_HEAP_MEGABYTES,
                settings.taskManagerMegabytes() - FRAMEWORK_MEGABYTES,
                MANAGED_MEGABYTES,
                NETWORK_MEGABYTES,
                METASPACE_MEGABYTES,
                OVERHEAD_MEGABYTES));
    return command(
        settings,
        server,
        process,
        List.of(
            "-Xmx" + settings.taskManagerMegabytes() + "m",
            // Netty's buffers of the driver are off the heap too.
            "-XX:MaxDirectMemorySize=" + (NETWORK_MEGABYTES + 2 * OFF_HEAP_MEGABYTES) + "m",
            "-XX:MaxMetaspaceSize=" + METASPACE_MEGABYTES + "m"),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        List.of());
  }

  private static void write(FlinkSettings settings, String process, String more) {
    Path home = settings.home(process);
    Directories.create(home.resolve("tmp"));
    Directories.create(settings.checkpoints());
    Directories.create(settings.savepoints());
    Directories.write(
        settings.configuration(process).resolve("flink-conf.yaml"),
        """
        jobmanager.rpc.address: %1$s
        jobmanager.rpc.port: %2$d
        jobmanager.bind-host: %1$s
        rest.address: %1$s
        rest.bind-address: %1$s
        rest.port: %3$d
        rest.bind-port: %3$d
        heartbeat.interval: 1000
        heartbeat.timeout: 10000
        slot.request.timeout: 60000
        cluster.evenly-spread-out-slots: true
        state.checkpoints.dir: %4$s
        state.savepoints.dir: %5$s
        io.tmp.dirs: %6$s
        web.tmpdir: %6$s
        """
                .formatted(
                    settings.address(),
                    settings.rpcPort(),
                    settings.restPort(),
                    settings.checkpoints().toUri(),
                    settings.savepoints().toUri(),
                    home.resolve("tmp"))
            + more);
  }

  private static List<String> command(
      FlinkSettings settings,
      List<Path> server,
      String process,
      List<String> memory,
      String mainClass,
      List<String> arguments) {
    Path configuration = settings.configuration(process);
    List<String> options = new ArrayList<>(memory);
    options.add("-XX:+ExitOnOutOfMemoryError");
    if (settings.shortLived()) {
      options.addAll(ShortLived.OPTIONS);
    }
    options.addAll(OpenPackages.OPTIONS);
    options.add(ConsoleLogging.option(configuration));
    List<String> all = new ArrayList<>(List.of("--configDir", configuration.toString()));
    all.addAll(arguments);
    return TetheredJava.command(
        options, server, settings.home(process), settings.temporary(), mainClass, all);
  }
}
