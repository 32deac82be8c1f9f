package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All that a comparison brings to the workers.
 *
 * @param writeTimes how far write times may lie apart; null if they are not compared
 * @param timesToLive how far expiries may lie apart; null if they are not compared
 */
record CompareSpec(
    Scan left,
    Scan right,
    CommonColumns columns,
    @Nullable Duration writeTimes,
    @Nullable Duration timesToLive)
    implements Serializable {

  boolean isTimed() {
    return writeTimes != null || timesToLive != null;
  }
}
