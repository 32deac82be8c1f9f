package org.pharos.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports that are free on several loopback addresses at once. */
final class LoopbackPorts {
  /** Below the range from which systems take the ports of outgoing connections. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;

  private LoopbackPorts() {}

  static List<String> addresses(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "127.0.0." + i).toList();
  }

  /** Two neighbours side by side choose at random, so that they rarely meet. */
  static int free(List<String> addresses, int otherThan) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (port != otherThan && isFree(addresses, port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "No port from %d to %d is free on %s".formatted(LOWEST, HIGHEST, addresses));
  }

  static boolean isFree(List<String> addresses, int port) {
    for (String address : addresses) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      } catch (BindException e) {
        requireLoopback(address);
        return false;
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  /** The port if it is free on 127.0.0.1, or 0. */
  static int preferred(int port) {
    return isFree(addresses(1), port) ? port : 0;
  }

  /** Whether somebody accepts connections there. */
  static boolean accepts(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Linux answers on all of 127.0.0.0/8; macOS on 127.0.0.1 alone until told. */
  private static void requireLoopback(String address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s is not an address of this machine; on macOS: sudo ifconfig lo0 alias %s up"
              .formatted(address, address),
          e);
    }
  }
}
