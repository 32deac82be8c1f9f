package org.pharos.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options that starts a node in a JVM of its own. */
final class NodeCommand {
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.base/java.lang.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.nio.charset",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.management/sun.management",
          "jdk.management/com.sun.management.internal");

  private NodeCommand() {}

  /** What nodes of this version share, if their JVM can: see {@link ClassArchive}. */
  static Optional<ClassArchive> archive(NodeSettings node, List<Path> server) {
    // A JVM with an agent, as older ones have it, writes none.
    return needsAgent(node)
        ? Optional.empty()
        : Optional.of(ClassArchive.of(TetheredJava.whole(server)));
  }

  static List<String> of(NodeSettings node, List<Path> server) {
    return TetheredJava.command(
        options(node, server),
        server,
        node.directory(),
        node.temporary(),
        "org.apache.cassandra.service.CassandraDaemon",
        List.of());
  }

  private static List<String> options(NodeSettings node, List<Path> server) {
    List<String> options = new ArrayList<>();
    // A heap that grows step by step is collected at each step.
    options.add("-Xms" + (node.shortLived() ? node.heapMegabytes() : 256) + "m");
    options.add("-Xmx" + node.heapMegabytes() + "m");
    options.add("-XX:+ExitOnOutOfMemoryError");
    if (node.shortLived()) {
      options.addAll(ShortLived.OPTIONS);
      // Every 2 ms, as is usual, a thread that only looks at the clock uses 3 % of a processor.
      options.add("-Dcassandra.approximate_time_precision_ms=20");
    }
    EXPORTS.forEach(each -> options.add("--add-exports=" + each + "=ALL-UNNAMED"));
    OPENS.forEach(each -> options.add("--add-opens=" + each + "=ALL-UNNAMED"));
    archive(node, server).ifPresent(archive -> options.addAll(archive.options()));
    if (!needsAgent(node)) {
      options.add("--add-modules=jdk.incubator.vector");
    } else {
      // Without its agent the older memory meter stops at Java 17's hidden classes.
      server.stream()
          .filter(jar -> jar.getFileName().toString().startsWith("jamm-"))
          .forEach(jar -> options.add("-javaagent:" + jar));
    }
    properties(node).forEach(each -> options.add("-D" + each));
    return options;
  }

  private static boolean needsAgent(NodeSettings node) {
    return !node.version().atLeast(5, 0);
  }

  private static List<String> properties(NodeSettings node) {
    Path configuration = node.configuration();
    return List.of(
        "cassandra.config=" + configuration.resolve("cassandra.yaml").toUri(),
        "cassandra-rackdc.properties="
            + configuration.resolve("cassandra-rackdc.properties").toUri(),
        "logback.configurationFile=" + configuration.resolve("logback.xml"),
        "cassandra.storagedir=" + node.directory(),
        "cassandra.logdir=" + node.log().getParent(),
        "cassandra-foreground=true",
        "cassandra.superuser_setup_delay_ms=0",
        "cassandra.skip_wait_for_gossip_to_settle=0",
        // A joiner must hear of the seeds before it gives up; a node alone has nobody to hear of.
        "cassandra.ring_delay_ms=" + (node.alone() ? 100 : 5000),
        // A CREATE TABLE in 10 ms instead of 1.3 s, where nothing has to survive.
        "cassandra.test.flush_local_schema_changes=" + !node.temporary(),
        "jdk.attach.allowAttachSelf=true",
        "io.netty.tryReflectionSetAccessible=true");
  }
}
