package org.pharos.runners.flink;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * All tests on embedded Flink use the one of the launcher, which saves a start for each. Tests on a
 * cluster cannot: Flink lets nobody submit to a cluster from where an environment is given.
 */
public final class EmbeddedForTests implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("pharos.test.runner") != null) {
      EmbeddedEnvironments.install();
    }
  }
}
