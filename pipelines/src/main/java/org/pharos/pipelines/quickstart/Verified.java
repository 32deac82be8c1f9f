package org.pharos.pipelines.quickstart;

import org.pharos.pipelines.tables.RowDigest;

/**
 * A table as the source says it must be, and as it was read back.
 *
 * @param table its name
 * @param expected of the source
 * @param hex the digest read back
 * @param rows the rows read back
 */
record Verified(String table, RowDigest expected, long rows, String hex) {
  boolean holds() {
    return rows == expected.rows() && hex.equals(expected.hex());
  }
}
