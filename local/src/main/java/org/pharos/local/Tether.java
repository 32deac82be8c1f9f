package org.pharos.local;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a child: runs another main class, and ends the process at once when its
 * standard input ends, as it does when the parent closes it or dies of whatever cause. Needs
 * nothing but the JDK, since a child's class path holds nothing else of ours.
 */
final class Tether {
  /** In place of a directory. */
  static final String NOTHING = "-";

  private Tether() {}

  /** What is not to outlive the parent, a main class, and its arguments. */
  public static void main(String[] arguments) throws Exception {
    File directory = arguments[0].equals(NOTHING) ? null : new File(arguments[0]);
    Thread watch = new Thread(() -> haltWhenInputEnds(directory), "tether");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[1])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
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
