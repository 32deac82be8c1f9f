package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/** Where results go: while elements are processed, or at the end of the bundle. */
interface Outlet {
  <V> void put(TupleTag<V> tag, V value, Instant timestamp, BoundedWindow window);
}
