package org.pharos.local;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** What programs do that start a server to play with. */
final class Terminal {
  private Terminal() {}

  /** Starts a server, says how to use it, and keeps it until Ctrl-C. */
  interface Play<A> {
    void with(A options);
  }

  /**
   * The exit code: 0 when interrupted or asked for help, 1 when the server does not start, 2 when
   * an argument is wrong.
   *
   * @param parse empty when help is asked for
   */
  static <A> int run(
      Function<String[], Optional<A>> parse,
      String help,
      Play<A> play,
      String[] arguments,
      PrintStream out,
      PrintStream err) {
    Optional<A> options;
    try {
      options = parse.apply(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println("--help lists the options.");
      return 2;
    }
    if (options.isEmpty()) {
      out.print(help);
      return 0;
    }
    try {
      play.with(options.get());
      return 0;
    } catch (MissingArtifactException | IllegalStateException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  /** For ever: Ctrl-C ends the process, and the servers' own shutdown hooks end them. */
  static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
