package org.pharos.drills;

import java.util.List;
import org.pharos.drills.rows.EvenRows;
import org.pharos.local.LocalCassandra;

/**
 * A node with little memory, two threads for each kind of work, and short timeouts: it answers
 * slowly, or with timeouts and overload, as soon as a job asks for more than it can do.
 */
final class OverloadNode implements Drill {
  private static final int HEAP_MEGABYTES = 320;
  private static final long SHARE = 5;

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
    return new ThreeDoors(this, ground, node, Ground.connection(node), rows)
        .under(ThreeDoors.Fault.NONE);
  }

  private static LocalCassandra start() {
    return LocalCassandra.builder()
        .heapMegabytes(HEAP_MEGABYTES)
        .setting("concurrent_reads", "2")
        .setting("concurrent_writes", "2")
        .setting("native_transport_max_threads", "2")
        .setting("native_transport_max_request_data_in_flight", "512KiB")
        .setting("native_transport_max_request_data_in_flight_per_ip", "256KiB")
        .setting("memtable_heap_space", "24MiB")
        .setting("memtable_offheap_space", "24MiB")
        .setting("write_request_timeout", "100ms")
        .setting("read_request_timeout", "200ms")
        .setting("range_request_timeout", "200ms")
        .start();
  }
}
