package org.pharos.local;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few values of ASN.1 that a certificate is made of, in their distinguished encoding. */
final class Der {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(0x30, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] bytes) {
    return value(0x04, bytes);
  }

  static byte[] bits(byte[] bytes) {
    return value(0x03, new byte[] {0}, bytes);
  }

  /** To the second, of the years 1950 to 2049. */
  static byte[] time(Instant instant) {
    return value(0x17, UTC.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] objectIdentifier(int... arcs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[i] >> shift != 0) {
          bytes.write(((arcs[i] >> shift) & 0x7f) | 0x80);
        }
      }
      bytes.write(arcs[i] & 0x7f);
    }
    return value(0x06, bytes.toByteArray());
  }

  /** A value around another, told apart by its number. */
  static byte[] tagged(int number, byte[] inner) {
    return value(0xa0 | number, inner);
  }

  /** A value whose type is told by its number alone. */
  static byte[] implicit(int number, byte[] content) {
    return value(0x80 | number, content);
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(tag);
    if (length < 0x80) {
      bytes.write(length);
    } else if (length < 0x100) {
      bytes.write(0x81);
      bytes.write(length);
    } else {
      bytes.write(0x82);
      bytes.write(length >> 8);
      bytes.write(length);
    }
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
