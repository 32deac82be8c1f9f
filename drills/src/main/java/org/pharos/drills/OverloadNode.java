package org.pharos.drills;

import java.util.List;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.EvenRows;
import org.pharos.local.LocalCassandra;

/**
 * A node with little memory, two threads for each kind of work, and short timeouts: it answers
 * slowly, or with timeouts and overload, as soon as a job asks for more than it can do.
 */
final class OverloadNode implements Drill {
  private static final int HEAP_MEGABYTES = 320;
  private static final long SHARE = 5;

  /** From the first row to the last. */
  private static final ThreeDoors.Fault TOO_MUCH_TO_DO =
      new ThreeDoors.Fault() {
        @Override
        public void strike(Running running, Kind kind, long rows) {
          // Nothing has to happen for it.
        }

        @Override
        public boolean mustHoldBack() {
          return true;
        }
      };

  @Override
  public String name() {
    return "overload-node";
  }

  @Override
  public String summary() {
    return "a node with little memory, few threads and short timeouts, asked for more than it can";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra node = ground.cluster("a weak node", OverloadNode::start);
    EvenRows rows = new EvenRows(Math.max(1_000, ground.rows() / SHARE));
    return new ThreeDoors(this, ground, node, Ground.connection(node), rows).under(TOO_MUCH_TO_DO);
  }

  private static LocalCassandra start() {
    return LocalCassandra.builder()
        .heapMegabytes(HEAP_MEGABYTES)
        .setting("concurrent_reads", "2")
        .setting("concurrent_writes", "2")
        .setting("native_transport_max_threads", "64")
        .setting("native_transport_max_request_data_in_flight", "128KiB")
        .setting("native_transport_max_request_data_in_flight_per_ip", "64KiB")
        .setting("memtable_heap_space", "24MiB")
        .setting("memtable_offheap_space", "24MiB")
        .setting("write_request_timeout", "40ms")
        .setting("read_request_timeout", "40ms")
        .setting("range_request_timeout", "30ms")
        .start();
  }
}
