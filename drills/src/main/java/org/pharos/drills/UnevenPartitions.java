package org.pharos.drills;

import java.util.List;
import org.pharos.drills.rows.UnevenRows;
import org.pharos.local.LocalCassandra;

/** Partitions of 1 row to 2,000,000 rows and cells of 1 byte to 15 MB, all in one table. */
final class UnevenPartitions implements Drill {
  @Override
  public String name() {
    return "uneven-partitions";
  }

  @Override
  public String summary() {
    return "partitions of 1 row to 2,000,000 and cells of 1 byte to 15 MB in one table";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra node = ground.node();
    return new ThreeDoors(
            this, ground, node, Ground.connection(node), new UnevenRows(2 * ground.rows()))
        .under(ThreeDoors.Fault.NONE);
  }
}
