package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.metadata.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pharos.schemas.Table;

/** Lets the child stream SSTables to the storage ports of the nodes. */
final class StreamDelivery implements Delivery {
  private final Table table;

  StreamDelivery(Table table) {
    this.table = table;
  }

  /** One for all tokens: what a node does not hold is left out on the way. */
  @Override
  public List<Group> groups(ReplicaRing ring) {
    return List.of(new Group(Long.MAX_VALUE, 0));
  }

  @Override
  public void deliver(BulkChild child, List<BulkChild.Written> written, ReplicaRing ring)
      throws IOException {
    List<BulkChild.Receiver> receivers = new ArrayList<>();
    for (Node node : ring.nodes()) {
      receivers.add(
          new BulkChild.Receiver(
              node.getBroadcastAddress().orElseThrow(() -> noAddress(node)), ring.heldBy(node)));
    }
    for (BulkChild.Written group : written) {
      List<String> failed = child.stream(group.directory(), receivers);
      if (!failed.isEmpty()) {
        throw new CassandraFailure(
            "streaming "
                + table
                + " failed at "
                + failed
                + ". If they could not be reached: their storage ports must be open to the workers,"
                + " without encryption. If they failed themselves, their logs say why. The process"
                + " that streams said:\n"
                + child.saidLast());
      }
    }
  }

  private CassandraFailure noAddress(Node node) {
    return new CassandraFailure(
        "Streaming "
            + table
            + ": "
            + node.getEndPoint()
            + " does not tell its storage address. Import instead (importingAt)");
  }

  @Override
  public void close() {}
}
