package org.pharos.pipelines.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.ConnectionFlags;
import org.pharos.transforms.cassandra.CassandraFailure;
import org.pharos.transforms.cassandra.Secret;

/**
 * The files and variables that a connection refers to. Workers read them, but so does the launcher,
 * which probes the cluster first: one that is missing here is told before anything starts.
 */
final class ConnectionFiles {
  private ConnectionFiles() {}

  /**
   * Whether all are there.
   *
   * @throws BadOption naming the option, its value and what is allowed
   */
  static void check(ConnectionFlags flags) {
    checkFile(flags.option("secureConnectBundle"), flags.secureConnectBundle());
    checkFile(flags.option("trustStore"), flags.trustStore());
    checkFile(flags.option("keyStore"), flags.keyStore());
    checkSecret(flags.option("passwordFrom"), flags.passwordFrom());
    checkSecret(flags.option("trustStorePasswordFrom"), flags.trustStorePasswordFrom());
    checkSecret(flags.option("keyStorePasswordFrom"), flags.keyStorePasswordFrom());
  }

  private static void checkFile(String option, @Nullable String path) {
    if (path != null && !(Files.isRegularFile(Path.of(path)) && Files.isReadable(Path.of(path)))) {
      throw new BadOption(
          option, path, "is not a file that can be read here; it must be, as on every worker");
    }
  }

  private static void checkSecret(String option, @Nullable String reference) {
    if (reference == null) {
      return;
    }
    Secret secret;
    try {
      secret = Secret.parse(reference);
    } catch (IllegalArgumentException e) {
      // The value is left out: it may be a password given by mistake.
      throw new BadOption(option, "...", String.valueOf(e.getMessage()));
    }
    try {
      if (secret.resolve().isEmpty()) {
        throw new BadOption(option, reference, "holds nothing; it must hold a password");
      }
    } catch (CassandraFailure e) {
      throw new BadOption(option, reference, String.valueOf(e.getMessage()));
    }
  }
}
