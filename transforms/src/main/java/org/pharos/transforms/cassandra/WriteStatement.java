package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;

/**
 * The text of a statement and the values it takes, in the order of its markers.
 *
 * @param partition which of the slots are the partition key, in its order
 */
record WriteStatement(String cql, List<Slot> slots, List<Integer> partition)
    implements Serializable {
  WriteStatement {
    slots = List.copyOf(slots);
    partition = List.copyOf(partition);
  }
}
