package org.pharos.runners.flink;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** All tests of this module on the Flink that the launcher uses, which saves a start for each. */
public final class EmbeddedForTests implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    EmbeddedEnvironments.install();
  }
}
