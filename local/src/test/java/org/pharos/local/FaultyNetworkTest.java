package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault, between plain sockets and a server that sends back what it gets. */
@Timeout(20)
class FaultyNetworkTest {
  private ServerSocket echo;
  private FaultyNetwork network;

  @BeforeEach
  void open() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Relay.thread("echo", this::serve).start();
    network = FaultyNetwork.to("127.0.0.1:" + echo.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    network.close();
    echo.close();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Relay.thread("echo", () -> sendBack(socket)).start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void sendBack(Socket socket) {
    try (socket) {
      long ignored = socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // A reset is what some of the tests are about.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.connect(Sessions.address(network.contactPoint()));
    return socket;
  }

  /**
   * Sends and receives at the same time, or large exchanges would fill the network on both ways. A
   * fault may show on either way first.
   */
  private static byte[] exchange(Socket socket, byte[] bytes) throws IOException {
    FutureTask<Boolean> sent =
        new FutureTask<>(
            () -> {
              socket.getOutputStream().write(bytes);
              return true;
            });
    Relay.thread("sender", sent).start();
    byte[] back = socket.getInputStream().readNBytes(bytes.length);
    try {
      assertThat(sent.get()).isTrue();
    } catch (ExecutionException e) {
      throw new IOException("what was sent did not get through", e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return back;
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  @Test
  void a_perfect_network_passes_every_byte_in_order_both_ways() throws IOException {
    byte[] bytes = random(3_000_000);
    try (Socket socket = connect()) {
      assertThat(exchange(socket, bytes)).isEqualTo(bytes);
      assertThat(network.connections()).isEqualTo(1);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void a_delay_is_felt_each_way_and_does_not_narrow_the_network() throws IOException {
    byte[] bytes = random(1_000_000);
    network.delay(Duration.ofMillis(150));
    try (Socket socket = connect()) {
      long start = System.nanoTime();
      assertThat(exchange(socket, new byte[] {7})).containsExactly(7);
      assertThat(seconds(start)).isGreaterThanOrEqualTo(0.3);
      assertThat(exchange(socket, bytes)).isEqualTo(bytes);
      assertThat(seconds(start)).isLessThan(8);
    }
  }

  @Test
  void a_limit_is_the_bandwidth_of_all_connections_together() throws IOException {
    network.limit(400_000);
    try (Socket one = connect();
        Socket two = connect()) {
      long start = System.nanoTime();
      var other = CompletableFuture.supplyAsync(() -> unchecked(two, random(100_000)));
      assertThat(exchange(one, random(100_000))).isEqualTo(random(100_000));
      assertThat(other.join()).isEqualTo(random(100_000));
      assertThat(seconds(start)).isGreaterThanOrEqualTo(0.45);
    }
  }

  private static byte[] unchecked(Socket socket, byte[] bytes) {
    try {
      return exchange(socket, bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_is_dropped_arrives_nowhere_and_its_connection_stays_silent() throws IOException {
    try (Socket before = connect()) {
      assertThat(exchange(before, new byte[] {1})).containsExactly(1);
      network.drop();
      before.setSoTimeout(200);
      assertThatThrownBy(() -> exchange(before, new byte[] {2}))
          .isInstanceOf(SocketTimeoutException.class);
      network.heal();
      assertThatThrownBy(() -> exchange(before, new byte[] {3}))
          .isInstanceOf(SocketTimeoutException.class);
      try (Socket after = connect()) {
        assertThat(exchange(after, new byte[] {4})).containsExactly(4);
      }
    }
  }

  @Test
  void a_connection_is_silent_once_it_has_carried_what_it_may() throws IOException {
    network.dropAfter(1_000);
    for (int i = 0; i < 2; i++) {
      try (Socket socket = connect()) {
        assertThat(exchange(socket, random(600))).isEqualTo(random(600));
        assertThat(exchange(socket, random(400))).isEqualTo(random(400));
        socket.setSoTimeout(200);
        assertThatThrownBy(() -> exchange(socket, new byte[] {1}))
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
    network.heal();
    try (Socket socket = connect()) {
      assertThat(exchange(socket, random(2_000))).isEqualTo(random(2_000));
    }
  }

  @Test
  void a_cut_resets_what_is_open_and_lets_new_connections_through() throws IOException {
    try (Socket open = connect()) {
      assertThat(exchange(open, new byte[] {1})).containsExactly(1);
      network.cut();
      InputStream in = open.getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
      try (Socket after = connect()) {
        assertThat(exchange(after, new byte[] {2})).containsExactly(2);
      }
    }
  }

  @Test
  void while_it_refuses_no_connection_lasts_until_it_heals() throws IOException {
    network.refuse();
    assertThatThrownBy(
            () -> {
              try (Socket refused = connect()) {
                exchange(refused, new byte[] {1});
                throw new IOException("closed without a word");
              }
            })
        .isInstanceOf(IOException.class);
    network.heal();
    try (Socket after = connect()) {
      assertThat(exchange(after, new byte[] {2})).containsExactly(2);
    }
  }

  @Test
  void a_client_is_reset_when_there_is_no_server() throws IOException {
    echo.close();
    try (Socket socket = connect()) {
      InputStream in = socket.getInputStream();
      assertThatThrownBy(
              () -> {
                if (in.read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void bad_settings_name_what_is_allowed() {
    assertThatThrownBy(() -> network.limit(0)).hasMessage("a bandwidth is positive: 0");
    assertThatThrownBy(() -> network.delay(Duration.ofSeconds(-1)))
        .hasMessage("a delay is not negative: PT-1S");
    assertThatThrownBy(() -> network.dropAfter(-1))
        .hasMessage("a number of bytes is not negative: -1");
    assertThat(network.toString()).contains(network.contactPoint());
    assertThat(new InetSocketAddress("127.0.0.1", echo.getLocalPort()).toString())
        .satisfies(server -> assertThat(network.toString()).endsWith(server));
  }
}
