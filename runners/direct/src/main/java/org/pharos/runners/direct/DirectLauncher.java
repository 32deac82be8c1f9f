package org.pharos.runners.direct;

import java.util.List;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.Launcher;

/** The command line on the Direct runner. */
public final class DirectLauncher {
  /**
   * The Direct runner without its checks for mutated and unencodable elements, which are for tests
   * of transforms and cost several times the work. It makes a bundle of each key that was grouped,
   * and at a bundle's end a writer waits: so more of them run at a time than there are processors.
   */
  public static final Voice VOICE =
      new Voice(
          "direct",
          List.of(
              "--runner=DirectRunner",
              "--blockOnRun=false",
              "--enforceImmutability=false",
              "--enforceEncodability=false",
              "--targetParallelism=16"),
          "",
          Streaming.AS_OTHERS,
          Cluster.NONE);

  private DirectLauncher() {}

  /** Ends with the launcher's exit code. */
  public static void main(String[] arguments) {
    System.exit(Launcher.on(VOICE).run(arguments));
  }
}
