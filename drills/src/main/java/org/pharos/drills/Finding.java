package org.pharos.drills;

import java.util.Locale;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.rows.RowTally;

/**
 * What became of one job of a drill.
 *
 * @param drill the name of the drill
 * @param part which of its jobs
 * @param expected rows that must be there, or come out
 * @param found those that are, with the right content
 * @param doubled rows that came out, or were written, more than once
 * @param missing rows that are not there
 * @param bad rows that were set aside as bad
 * @param seconds how long the job took
 * @param retries requests that the doors repeated; -1 if nobody tells, as when a job failed
 * @param peakMegabytes the most memory that the job's JVM had; -1 if it is not a JVM of ours
 * @param passed whether the outcome is the right one
 * @param note what else is to be said; may be empty
 */
record Finding(
    String drill,
    String part,
    long expected,
    long found,
    long doubled,
    long missing,
    long bad,
    double seconds,
    long retries,
    long peakMegabytes,
    boolean passed,
    String note) {

  /**
   * A job that must end well, and the rows that were seen after it.
   *
   * @param bad rows that were set aside
   */
  static Finding of(String drill, String part, long expected, long bad, RowTally seen, JobEnd end) {
    return of(drill, part, expected, seen.found(), seen.doubled(), seen.wrong(), bad, end);
  }

  /** A job that reads and must end well, by what it told itself of the rows that came out. */
  static Finding ofRead(String drill, String part, long expected, JobEnd end) {
    return of(
        drill,
        part,
        expected,
        end.count("found"),
        end.count("doubled"),
        end.count("wrong"),
        0,
        end);
  }

  private static Finding of(
      String drill,
      String part,
      long expected,
      long found,
      long doubled,
      long wrong,
      long bad,
      JobEnd end) {
    long missing = Math.max(0, expected - found);
    String note = end.done() ? "" : "failed: " + end.message();
    if (wrong > 0) {
      note += (note.isEmpty() ? "" : "; ") + wrong + " rows with wrong content";
    }
    return new Finding(
        drill,
        part,
        expected,
        found,
        doubled,
        missing,
        bad,
        end.seconds(),
        end.retries(),
        end.peakMegabytes(),
        end.done() && found == expected && doubled == 0 && wrong == 0,
        note);
  }

  /**
   * A job that must fail, and say why.
   *
   * @param told what its message must say, as a regular expression
   */
  static Finding ofRefusal(String drill, String part, String told, JobEnd end) {
    boolean right = !end.done() && end.message().matches("(?s).*" + told + ".*");
    return new Finding(
        drill,
        part,
        0,
        0,
        0,
        0,
        0,
        end.seconds(),
        end.retries(),
        end.peakMegabytes(),
        right,
        end.done()
            ? "did not fail"
            : (right ? "fails as it must: " : "fails with another message: ") + end.message());
  }

  /**
   * The same, with how long the job was held back.
   *
   * @param must whether one that never was shows nothing, and so does not pass
   */
  Finding heldBack(JobEnd end, boolean must) {
    double seconds = end.throttledSeconds();
    if (must && end.done() && seconds == 0 && end.retries() == 0) {
      return and(false, "was never held back: the drill shows nothing");
    }
    return and(
        true, seconds < 1 ? "" : String.format(Locale.ROOT, "held back for %.0f s", seconds));
  }

  /** The same, and it passes only if this holds too. */
  Finding and(boolean holds, String more) {
    return new Finding(
        drill,
        part,
        expected,
        found,
        doubled,
        missing,
        bad,
        seconds,
        retries,
        peakMegabytes,
        passed && holds,
        note.isEmpty() ? more : more.isEmpty() ? note : note + "; " + more);
  }
}
