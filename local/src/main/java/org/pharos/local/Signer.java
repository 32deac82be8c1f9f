package org.pharos.local;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority. The JDK reads and checks certificates but makes none, other than by its
 * keytool, which takes seconds for what this needs; so their ASN.1 (RFC 5280, section 4.1) is
 * written here.
 */
final class Signer {

  /** A key and the certificate that names its owner. */
  record Signed(PrivateKey key, X509Certificate certificate) {}

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));

  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private Signer(String name, Instant end) throws GeneralSecurityException {
    this.name = principal(name);
    this.keys = keys();
    this.certificate = certificate(this.name, keys.getPublic(), end, List.of(mayBeAuthority()));
  }

  static Signer named(String name, Instant end) throws GeneralSecurityException {
    return new Signer(name, end);
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** A new key with a certificate of this authority, for a year before its end. */
  Signed sign(String name, List<String> addresses, Instant end) throws GeneralSecurityException {
    KeyPair pair = keys();
    return new Signed(
        pair.getPrivate(),
        certificate(principal(name), pair.getPublic(), end, List.of(hosts(name, addresses))));
  }

  private X509Certificate certificate(
      X500Principal subject, PublicKey key, Instant end, List<byte[]> extensions)
      throws GeneralSecurityException {
    byte[] content =
        Der.sequence(
            Der.tagged(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(64, new SecureRandom())),
            ECDSA_WITH_SHA256,
            name.getEncoded(),
            Der.sequence(Der.time(end.minus(Duration.ofDays(365))), Der.time(end)),
            subject.getEncoded(),
            key.getEncoded(),
            Der.tagged(3, Der.sequence(extensions.toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(content);
    byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] mayBeAuthority() {
    return extension(19, Der.sequence(Der.yes()));
  }

  /** The names that a client which checks host names accepts. */
  private static byte[] hosts(String name, List<String> addresses) {
    List<byte[]> names = new ArrayList<>();
    String host = addresses.isEmpty() ? name + ".invalid" : "localhost";
    names.add(Der.implicit(2, host.getBytes(StandardCharsets.US_ASCII)));
    for (String address : addresses) {
      try {
        names.add(Der.implicit(7, InetAddress.getByName(address).getAddress()));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(address + " is not an address", e);
      }
    }
    return extension(17, Der.sequence(names.toArray(byte[][]::new)));
  }

  private static byte[] extension(int number, byte[] value) {
    return Der.sequence(Der.objectIdentifier(2, 5, 29, number), Der.octets(value));
  }

  private static X500Principal principal(String name) {
    return new X500Principal("CN=" + name);
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
