package org.pharos.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * One connection through a {@link FaultyNetwork}: what comes in on one side leaves on the other.
 */
final class Relay {
  private static final int CHUNK = 16 << 10;

  /** As much as may be under way in each direction, as a network has its buffers. */
  private static final int CHUNKS = 256;

  /** Bytes that arrive when their time has come; none are the end of the stream. */
  private record Chunk(ByteBuffer bytes, long dueNanos) {}

  private final Socket client;
  private final Socket server;
  private final Supplier<Duration> delay;
  private final LongPredicate dropping;
  private final Pace towardsServer;
  private final Pace towardsClient;
  private final AtomicLong sentToServer = new AtomicLong();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger openDirections = new AtomicInteger(2);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile Runnable whenEnded = () -> {};

  /**
   * @param dropping whether what comes now is lost, given how many bytes the client has sent
   */
  Relay(
      Socket client,
      Socket server,
      Supplier<Duration> delay,
      LongPredicate dropping,
      Pace towardsServer,
      Pace towardsClient) {
    this.client = client;
    this.server = server;
    this.delay = delay;
    this.dropping = dropping;
    this.towardsServer = towardsServer;
    this.towardsClient = towardsClient;
  }

  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  void whenEnded(Runnable task) {
    whenEnded = task;
  }

  void start() throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    direction(client, server, towardsServer);
    direction(server, client, towardsClient);
  }

  /** Both ends see a reset, and what is under way is lost. */
  void reset() {
    if (ended.compareAndSet(false, true)) {
      abort(client);
      abort(server);
      threads.forEach(Thread::interrupt);
      whenEnded.run();
    }
  }

  private void direction(Socket from, Socket to, Pace pace) {
    BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS);
    Thread in = thread("faulty-network-in", () -> during(() -> take(from, underWay)));
    Thread out = thread("faulty-network-out", () -> during(() -> give(underWay, to, pace)));
    threads.add(in);
    threads.add(out);
    in.start();
    out.start();
  }

  private void take(Socket from, BlockingQueue<Chunk> underWay)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[CHUNK];
    InputStream in = from.getInputStream();
    int count;
    while ((count = in.read(buffer)) >= 0) {
      underWay.put(
          new Chunk(
              ByteBuffer.wrap(Arrays.copyOf(buffer, count)),
              System.nanoTime() + delay.get().toNanos()));
    }
    underWay.put(new Chunk(ByteBuffer.allocate(0), System.nanoTime() + delay.get().toNanos()));
  }

  private void give(BlockingQueue<Chunk> underWay, Socket to, Pace pace)
      throws IOException, InterruptedException {
    OutputStream out = to.getOutputStream();
    Chunk chunk;
    while ((chunk = underWay.take()).bytes().hasRemaining()) {
      Pace.waitUntil(chunk.dueNanos());
      pace.pass(chunk.bytes().remaining());
      if (to == server) {
        sentToServer.addAndGet(chunk.bytes().remaining());
      }
      if (arrives()) {
        out.write(chunk.bytes().array());
      }
    }
    Pace.waitUntil(chunk.dueNanos());
    if (!arrives()) {
      // The end gets lost too: the other side goes on waiting, until somebody resets.
      return;
    }
    to.shutdownOutput();
    if (openDirections.decrementAndGet() == 0) {
      reset();
    }
  }

  private boolean arrives() {
    if (dropping.test(sentToServer.get())) {
      lost.set(true);
    }
    return !lost.get();
  }

  private void during(Task task) {
    try {
      task.run();
    } catch (IOException e) {
      // What one end did to its connection, the other end sees, unless the network is silent.
      if (!lost.get()) {
        reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already: closing once more does nothing.
    }
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody is left to be told.
    }
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }
}
