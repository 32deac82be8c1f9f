package org.pharos.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the figures were measured on, without names. */
final class Machine {
  private Machine() {}

  static String text() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%d cores for client and server together, %.0f GB, %s %s, JDK %s, load %.1f at the end",
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / 0x1p30,
        system.getName(),
        system.getArch(),
        Runtime.version(),
        system.getSystemLoadAverage());
  }
}
