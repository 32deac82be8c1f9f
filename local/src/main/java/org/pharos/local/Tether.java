package org.pharos.local;

import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a child: runs another main class, and ends the process at once when its
 * standard input ends, as it does when the parent closes it or dies of whatever cause. Needs
 * nothing but the JDK, since a child's class path holds nothing else of ours.
 */
final class Tether {
  private Tether() {}

  /** The main class to run and, when it is not to outlive the parent, a directory. */
  public static void main(String[] arguments) throws Exception {
    File directory = arguments.length > 1 ? new File(arguments[1]) : null;
    Thread watch = new Thread(() -> haltWhenInputEnds(directory), "tether");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  private static void haltWhenInputEnds(@Nullable File directory) {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; only the end counts.
      }
    } catch (IOException e) {
      // The same as an end.
    }
    if (directory != null) {
      delete(directory);
      // The last of several nodes leaves it empty.
      boolean ignored = directory.getParentFile().delete();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null) {
      for (File child : children) {
        delete(child);
      }
    }
    // What cannot be deleted stays: nobody is left to be told.
    boolean ignored = file.delete();
  }
}
