package org.pharos.local;

import java.util.concurrent.atomic.AtomicBoolean;

/** What ends a server: once, when it is closed or when this JVM ends. */
final class Ending {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Runnable end;
  private final Thread hook;

  Ending(Runnable end) {
    this.end = end;
    this.hook = new Thread(this::once, "pharos-local-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void now() {
    once();
    try {
      boolean ignored = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook is doing the same.
    }
  }

  private void once() {
    if (ended.compareAndSet(false, true)) {
      end.run();
    }
  }
}
