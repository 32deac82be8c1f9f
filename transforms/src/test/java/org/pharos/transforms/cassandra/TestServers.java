package org.pharos.transforms.cassandra;

/**
 * The servers that test classes share one at a time, as names of locks ({@code @ResourceLock}): a
 * test that stops a node of a ring must not do so under another.
 */
final class TestServers {
  static final String RING = "ring";
  static final String SECURED_NODE = "secured node";

  private TestServers() {}
}
