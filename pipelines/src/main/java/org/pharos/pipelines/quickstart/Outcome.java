package org.pharos.pipelines.quickstart;

import java.util.List;

/**
 * All that a quickstart did and found.
 *
 * @param runner the voice it ran on
 * @param cluster where the tables are
 * @param keyspace the keyspace that they are in
 * @param steps what was done, in order
 * @param tables each loaded table against its source
 * @param checks further things that must hold of what was derived
 * @param lookedUp what was looked up by key
 * @param findings what the reading pipelines told
 * @param trainingSet the features as of many dates, and what was made of them
 * @param seconds how long all of it took
 */
record Outcome(
    String runner,
    Cluster cluster,
    String keyspace,
    List<Step> steps,
    List<Verified> tables,
    List<Check> checks,
    List<LookedUp> lookedUp,
    Findings findings,
    TrainingSet trainingSet,
    double seconds) {

  /**
   * Something that must hold.
   *
   * @param name what it is
   * @param expected the number that it must be
   * @param found the number that it is
   */
  record Check(String name, long expected, long found) {
    boolean holds() {
      return expected == found;
    }
  }

  /**
   * A key and what it led to.
   *
   * @param table the table's name
   * @param key the key's JSON
   * @param rows the rows' JSON; none if the key is missing
   */
  record LookedUp(String table, String key, List<String> rows) {}

  boolean holds() {
    return tables.stream().allMatch(Verified::holds) && checks.stream().allMatch(Check::holds);
  }

  long rowsRead() {
    return steps.stream().mapToLong(Step::read).sum();
  }

  long rowsWritten() {
    return steps.stream().mapToLong(Step::written).sum();
  }
}
