package org.pharos.local;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between clients and one server that can be made slow, narrow, silent or broken while it
 * is in use: a TCP proxy on a free port of 127.0.0.1. It begins as a perfect one.
 *
 * <p>A driver of Cassandra stays on it if it is the only contact point of a cluster of one node: of
 * the node that it asked first it keeps the address it asked at, and learns only of the others'.
 *
 * <p>Safe for use by several threads.
 */
public final class FaultyNetwork implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  private final InetSocketAddress server;
  private final ServerSocket entrance;
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private final Pace towardsServer = new Pace();
  private final Pace towardsClient = new Pace();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean dropping;
  private volatile long dropsAfter = Long.MAX_VALUE;
  private volatile boolean refusing;

  private FaultyNetwork(InetSocketAddress server, ServerSocket entrance) {
    this.server = server;
    this.entrance = entrance;
  }

  /**
   * Opens a network that leads to a server.
   *
   * @param contactPoint {@code host:port} of the server; it need not run yet
   */
  public static FaultyNetwork to(String contactPoint) {
    try {
      ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultyNetwork network = new FaultyNetwork(Sessions.address(contactPoint), entrance);
      Relay.thread("faulty-network", network::acceptAll).start();
      return network;
    } catch (IOException e) {
      throw new UncheckedIOException("No port of 127.0.0.1 can be listened on", e);
    }
  }

  /** Where clients connect to, as {@code host:port}. */
  public String contactPoint() {
    return "127.0.0.1:" + entrance.getLocalPort();
  }

  /** How many connections pass through at the moment. */
  public int connections() {
    return relays.size();
  }

  /** What is sent from now on arrives this much later, each way; the bandwidth stays the same. */
  @CanIgnoreReturnValue
  public FaultyNetwork delay(Duration eachWay) {
    if (eachWay.isNegative()) {
      throw new IllegalArgumentException("a delay is not negative: " + eachWay);
    }
    delay = eachWay;
    return this;
  }

  /** All connections together get no more bytes through than this in a second, each way. */
  @CanIgnoreReturnValue
  public FaultyNetwork limit(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("a bandwidth is positive: " + bytesPerSecond);
    }
    towardsServer.limit(bytesPerSecond);
    towardsClient.limit(bytesPerSecond);
    return this;
  }

  /**
   * From now on what is sent arrives nowhere, and nobody is told. A connection that has lost
   * something stays silent for ever, as behind a firewall that has forgotten it; new ones are
   * silent until {@link #heal}.
   */
  @CanIgnoreReturnValue
  public FaultyNetwork drop() {
    dropping = true;
    return this;
  }

  /**
   * A connection is silent for ever once its client has sent this many bytes through it, those of
   * before included; each new one lasts as long again.
   */
  @CanIgnoreReturnValue
  public FaultyNetwork dropAfter(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a number of bytes is not negative: " + bytes);
    }
    dropsAfter = bytes;
    return this;
  }

  /** Resets the connections that there are; new ones are let through. */
  @CanIgnoreReturnValue
  public FaultyNetwork cut() {
    relays.forEach(Relay::reset);
    return this;
  }

  /** Resets the connections that there are, and new ones at once, until {@link #heal}. */
  @CanIgnoreReturnValue
  public FaultyNetwork refuse() {
    refusing = true;
    return cut();
  }

  /** Ends every fault. Connections that lost something or were reset do not come back. */
  @CanIgnoreReturnValue
  public FaultyNetwork heal() {
    delay = Duration.ZERO;
    towardsServer.limit(Long.MAX_VALUE);
    towardsClient.limit(Long.MAX_VALUE);
    dropping = false;
    dropsAfter = Long.MAX_VALUE;
    refusing = false;
    return this;
  }

  /** Resets all connections and listens no longer. Idempotent. */
  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The port of " + this + " cannot be closed", e);
    }
    refuse();
  }

  private void acceptAll() {
    while (!entrance.isClosed()) {
      try {
        accept(entrance.accept());
      } catch (IOException e) {
        // A client that gave up, or the end: the loop's condition tells.
      }
    }
  }

  private void accept(Socket client) throws IOException {
    Socket there = new Socket();
    Relay relay =
        new Relay(
            client,
            there,
            () -> delay,
            sent -> dropping || sent > dropsAfter,
            towardsServer,
            towardsClient);
    relays.add(relay);
    relay.whenEnded(() -> relays.remove(relay));
    if (refusing) {
      relay.reset();
      return;
    }
    try {
      there.connect(server, CONNECT_MILLIS);
      relay.start();
    } catch (IOException e) {
      relay.reset();
      throw e;
    }
    // A cut may have come between the look at it and now.
    if (refusing) {
      relay.reset();
    }
  }

  @Override
  public String toString() {
    return "FaultyNetwork " + contactPoint() + " -> " + server;
  }
}
