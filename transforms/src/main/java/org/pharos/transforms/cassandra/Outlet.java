package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;

/** Where results go: while elements are processed, or at the end of the bundle. */
interface Outlet {
  <V> void put(TupleTag<V> tag, V value, Instant timestamp, BoundedWindow window);

  /** That of an element. */
  static Outlet of(DoFn.MultiOutputReceiver receiver) {
    return new OfElement(receiver);
  }

  /** Not a lambda, which cannot be generic. */
  record OfElement(DoFn.MultiOutputReceiver receiver) implements Outlet {
    @Override
    public <V> void put(TupleTag<V> tag, V value, Instant timestamp, BoundedWindow window) {
      receiver.get(tag).outputWindowedValue(value, timestamp, List.of(window), PaneInfo.NO_FIRING);
    }
  }
}
