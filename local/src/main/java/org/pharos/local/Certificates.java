package org.pharos.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Key and trust stores of an encrypted {@link LocalCassandra}, and such as should not be accepted.
 * All are PKCS12 files with the same password, made anew at each start: they are worth nothing
 * elsewhere.
 *
 * @param directory where the files are
 */
public record Certificates(Path directory) {

  private static final Duration LIFE = Duration.ofDays(30);

  /** The authority that the nodes and {@link #client} are signed by: what a client should trust. */
  public Path trustStore() {
    return directory.resolve("trust.p12");
  }

  /** Key and certificate for a client. */
  public Path client() {
    return directory.resolve("client.p12");
  }

  /** Key and certificate that the nodes show at first: it names their addresses and localhost. */
  public Path node() {
    return directory.resolve("node.p12");
  }

  /** As {@link #client}, but its time was over yesterday. */
  public Path expiredClient() {
    return directory.resolve("expired-client.p12");
  }

  /** As {@link #node}, but its time was over yesterday. */
  public Path expiredNode() {
    return directory.resolve("expired-node.p12");
  }

  /** As {@link #node}, but it names another host. */
  public Path misnamedNode() {
    return directory.resolve("misnamed-node.p12");
  }

  /** Another authority, which signed none of the nodes. */
  public Path strangersTrustStore() {
    return directory.resolve("strangers-trust.p12");
  }

  /** A client's key and certificate that another authority signed. */
  public Path stranger() {
    return directory.resolve("stranger.p12");
  }

  /** The file that holds the password of all stores. */
  public Path passwordFile() {
    return directory.resolve("password");
  }

  /** The password of all stores. */
  public String password() {
    try {
      return Files.readString(passwordFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + passwordFile(), e);
    }
  }

  /** TLS as {@link #client} would speak it. */
  public SSLContext clientContext() {
    return context(client(), trustStore());
  }

  /** TLS with a key of one store and the trust of another, both of this directory. */
  public SSLContext context(Path keys, Path trusted) {
    try {
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(load(keys), password().toCharArray());
      TrustManagerFactory others =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      others.init(load(trusted));
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] managers = own.getKeyManagers();
      context.init(managers, others.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot use " + keys + " and " + trusted, e);
    }
  }

  /** Writes all stores, for nodes on some addresses. */
  static Certificates generate(Path directory, List<String> addresses) {
    Certificates made = new Certificates(directory);
    try {
      Path parent = Files.createDirectories(directory);
      Files.writeString(parent.resolve("password"), UUID.randomUUID().toString());
      Instant now = Instant.now();
      Instant end = now.plus(LIFE);
      Instant yesterday = now.minus(Duration.ofDays(1));
      Signer authority = Signer.named("Pharos test authority", end);
      made.storeTrust(made.trustStore(), authority);
      made.storeKey(made.node(), authority, "node", addresses, end);
      made.storeKey(made.expiredNode(), authority, "node", addresses, yesterday);
      made.storeKey(made.misnamedNode(), authority, "elsewhere", List.of(), end);
      made.storeKey(made.client(), authority, "client", List.of(), end);
      made.storeKey(made.expiredClient(), authority, "client", List.of(), yesterday);
      Signer strangers = Signer.named("Pharos test strangers", end);
      made.storeTrust(made.strangersTrustStore(), strangers);
      made.storeKey(made.stranger(), strangers, "stranger", List.of(), end);
      return made;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make certificates in " + directory, e);
    }
  }

  private void storeTrust(Path file, Signer authority)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", authority.certificate());
    save(store, file);
  }

  private void storeKey(
      Path file, Signer authority, String name, List<String> addresses, Instant end)
      throws IOException, GeneralSecurityException {
    Signer.Signed signed = authority.sign(name, addresses, end);
    KeyStore store = empty();
    store.setKeyEntry(
        name,
        signed.key(),
        password().toCharArray(),
        new Certificate[] {signed.certificate(), authority.certificate()});
    save(store, file);
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private KeyStore load(Path file) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), password().toCharArray());
  }

  private void save(KeyStore store, Path file) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password().toCharArray());
    }
  }
}
