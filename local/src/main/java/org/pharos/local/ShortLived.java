package org.pharos.local;

import java.util.List;

/**
 * How a JVM runs that ends soon: it starts with half the work, and is slower afterwards. The
 * optimizing compiler and a garbage collector of several threads take a minute to pay.
 */
final class ShortLived {
  static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private ShortLived() {}
}
