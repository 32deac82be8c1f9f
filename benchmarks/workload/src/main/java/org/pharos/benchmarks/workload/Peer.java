package org.pharos.benchmarks.workload;

/**
 * Somebody who can do the work. Each peer is a program of its own, whose {@code main} hands over to
 * {@link #main(Peer, String[])}.
 */
@FunctionalInterface
public interface Peer {

  /** Does a task and tells the {@link Meter} of it. */
  void run(Task task) throws Exception;

  /** Runs the task of the command line, prints the {@link Outcome}, and ends this process. */
  static void main(Peer peer, String[] arguments) {
    int code = 0;
    try {
      peer.run(Task.parse(arguments));
      System.out.println(Meter.outcome().line());
    } catch (Throwable e) {
      e.printStackTrace();
      code = 1;
    }
    // Sessions and runners may leave threads behind.
    System.exit(code);
  }
}
