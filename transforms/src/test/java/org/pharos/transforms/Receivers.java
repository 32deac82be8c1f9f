package org.pharos.transforms;

import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;

/** Where a function's outputs go in a test that calls it without a runner. */
public final class Receivers {
  private Receivers() {}

  /**
   * Passes each output on, without its window and time. A proxy: what has to be implemented differs
   * between the versions of Beam that we compile with.
   */
  @SuppressWarnings("unchecked")
  public static <T> OutputReceiver<T> to(Consumer<? super T> taker) {
    return (OutputReceiver<T>)
        Proxy.newProxyInstance(
            Receivers.class.getClassLoader(),
            new Class<?>[] {OutputReceiver.class},
            (receiver, method, arguments) -> {
              if (!method.getName().startsWith("output")) {
                throw new UnsupportedOperationException(method.toString());
              }
              taker.accept((T) arguments[0]);
              return null;
            });
  }
}
