package org.pharos.runners.portable;

import java.util.List;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.Launcher;

/** The command line on a portable runner: {@code --jobEndpoint=host:port} is its job server. */
public final class PortableLauncher {
  /**
   * Our steps run in this JVM, and the runner behind the job server calls it, unless {@code
   * --defaultEnvironmentType} says otherwise: for trying out, since all workers call one JVM. The
   * runner keeps the connection for half a minute between two steps: what it closed it does not get
   * again, and stands still.
   */
  public static final Voice VOICE =
      new Voice(
          "portable",
          List.of(
              "--runner=PortableRunner",
              "--defaultEnvironmentType=LOOPBACK",
              "--environmentCacheMillis=30000"),
          "",
          Streaming.refused("our streams are not tested on it; take --runner=flink"),
          Cluster.NONE);

  private PortableLauncher() {}

  /** Ends with the launcher's exit code. */
  public static void main(String[] arguments) {
    System.exit(Launcher.on(VOICE).run(arguments));
  }
}
