package org.pharos.transforms.cassandra;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text {@code host:port} of a node. */
final class ContactPoint {

  private static final Pattern BRACKETS =
      Pattern.compile("\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9_.-]+)?)](?::(\\d{1,5}))?");
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
  private static final Pattern BARE_IPV6 =
      Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  private ContactPoint() {}

  /** The same contact point with its port; an IPv6 address in brackets. */
  static String normalise(String text) {
    String trimmed = text.trim();
    if (BARE_IPV6.matcher(trimmed).matches()) {
      return "[" + trimmed + "]:" + CassandraConnection.DEFAULT_PORT;
    }
    Matcher matcher = BRACKETS.matcher(trimmed);
    boolean brackets = matcher.matches();
    if (!brackets) {
      matcher = NAME.matcher(trimmed);
      if (!matcher.matches()) {
        throw wrong(text);
      }
    }
    String digits = matcher.group(2);
    int port = digits == null ? CassandraConnection.DEFAULT_PORT : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw wrong(text);
    }
    String host = matcher.group(1);
    return (brackets ? "[" + host + "]" : host) + ":" + port;
  }

  /** Every address of a normalised contact point; none if its host is unknown here. */
  static List<InetSocketAddress> resolve(String normalised) {
    int colon = normalised.lastIndexOf(':');
    int port = Integer.parseInt(normalised.substring(colon + 1));
    try {
      return Stream.of(InetAddress.getAllByName(normalised.substring(0, colon)))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "contact point \""
            + text
            + "\" is not host or host:port with a port of 1 to 65535 (an IPv6 address in brackets:"
            + " [::1]:9042)");
  }
}
