package org.pharos.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.EvenRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.local.Certificates;
import org.pharos.local.ClientEncryption;
import org.pharos.local.LocalCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Secret;
import org.pharos.transforms.cassandra.Tls;

/**
 * A node asks for a login and for TLS with a client's certificate. Who has both writes and reads;
 * who lacks one, or meets a node that cannot be trusted, is refused, and told why without any
 * secret.
 */
final class RefusedConnections implements Drill {
  private static final long SHARE = 10;
  private static final String WRONG = "not-the-password";

  @Override
  public String name() {
    return "refused-connections";
  }

  @Override
  public String summary() {
    return "a wrong password, an expired or untrusted certificate, no client certificate, no TLS";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra node = ground.cluster("a node with a login and TLS", RefusedConnections::start);
    Course course = new Course(ground, node, node.certificates().orElseThrow());
    List<Finding> findings = new ArrayList<>();
    findings.add(course.write());
    findings.add(course.scan());
    findings.add(
        course.refused(
            "wrong password",
            course.connection(WRONG, course.tls(true)),
            "refused user cassandra with the password of"));
    findings.add(
        course.refused("untrusted authority", course.untrusting(), "valid certification path"));
    findings.add(
        course.refused(
            "no client certificate",
            course.connection(LocalCassandra.SUPERUSER.password(), course.tls(false)),
            "certificate_required"));
    findings.add(
        course.refused(
            "no TLS",
            course.connection(LocalCassandra.SUPERUSER.password(), null),
            "whether the nodes want TLS"));
    node.showCertificate(course.certificates.expiredNode());
    try {
      findings.add(
          course.refused("expired certificate", course.right(), "CertificateExpiredException"));
    } finally {
      node.showCertificate(course.certificates.node());
    }
    return findings;
  }

  private static LocalCassandra start() {
    return LocalCassandra.builder()
        .authentication(true)
        .clientEncryption(ClientEncryption.MUTUAL)
        .start();
  }

  /** The drill on its way: one table for all of its jobs. */
  private final class Course {
    private final Ground ground;
    private final LocalCassandra node;
    private final Certificates certificates;
    private final EvenRows rows;
    private final String keyspace;

    Course(Ground ground, LocalCassandra node, Certificates certificates) {
      this.ground = ground;
      this.node = node;
      this.certificates = certificates;
      this.rows = new EvenRows(Math.max(1_000, ground.rows() / SHARE));
      this.keyspace = Ground.keyspace(node, RefusedConnections.this);
    }

    CassandraConnection right() {
      return connection(LocalCassandra.SUPERUSER.password(), tls(true));
    }

    CassandraConnection untrusting() {
      return connection(
          LocalCassandra.SUPERUSER.password(),
          Tls.trusting(certificates.strangersTrustStore().toString(), storePassword())
              .withClientKey(certificates.client().toString(), storePassword()));
    }

    CassandraConnection connection(String password, @Nullable Tls tls) {
      CassandraConnection plain =
          Ground.connection(node)
              .withCredentials(LocalCassandra.SUPERUSER.user(), secret(password));
      return tls == null ? plain : plain.withTls(tls);
    }

    Tls tls(boolean clientKey) {
      Tls tls = Tls.trusting(certificates.trustStore().toString(), storePassword());
      return clientKey ? tls.withClientKey(certificates.client().toString(), storePassword()) : tls;
    }

    private Secret storePassword() {
      return Secret.file(certificates.passwordFile().toString());
    }

    /** In a file of its own that goes with the node. */
    private Secret secret(String text) {
      try {
        Path file = Files.createTempFile(certificates.directory(), "login", ".txt");
        return Secret.file(Files.writeString(file, text + "\n").toString());
      } catch (IOException e) {
        throw new UncheckedIOException("a password cannot be put into a file", e);
      }
    }

    private JobSpec job(Kind kind, CassandraConnection connection) {
      return ground.job(kind, rows, keyspace, "sales", connection);
    }

    Finding write() {
      JobSpec spec = job(Kind.WRITE, right());
      Ground.create(node, spec);
      JobEnd end = ground.start(RefusedConnections.this, "write", spec).end();
      RowTally stored = new TableProof(node.session()).of(spec.asTable(), rows, true);
      return Finding.of(name(), "write", rows.count(), 0, stored, end);
    }

    Finding scan() {
      JobEnd end = ground.start(RefusedConnections.this, "scan", job(Kind.SCAN, right())).end();
      return Finding.ofRead(name(), "scan", rows.count(), end);
    }

    Finding refused(String part, CassandraConnection connection, String told) {
      JobEnd end = ground.start(RefusedConnections.this, part, job(Kind.SCAN, connection)).end();
      boolean secret = end.message().contains(WRONG);
      return Finding.ofRefusal(name(), part, told, end)
          .and(!secret, secret ? "tells the password" : "");
    }
  }
}
