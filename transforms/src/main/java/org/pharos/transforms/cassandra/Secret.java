package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A reference to a secret, never the secret itself: it is resolved on the worker when a session is
 * opened, so that neither a pipeline nor a log holds it.
 */
public sealed interface Secret extends Serializable {

  /** The value of an environment variable of the worker. */
  static Secret env(String name) {
    return new Environment(name);
  }

  /** The text of a file on the worker, without the line end that closes it. */
  static Secret file(String path) {
    return new TextFile(path);
  }

  /**
   * Reads a reference as flags write it.
   *
   * @param reference {@code env:NAME} or {@code file:PATH}
   * @throws IllegalArgumentException if it is neither; the message does not repeat it, since it may
   *     be a password given by mistake
   */
  static Secret parse(String reference) {
    if (reference.startsWith("env:")) {
      return env(reference.substring("env:".length()));
    }
    if (reference.startsWith("file:")) {
      return file(reference.substring("file:".length()));
    }
    throw new IllegalArgumentException(
        "a secret is given by reference, as env:NAME (an environment variable of the workers) or"
            + " file:PATH (a file on the workers), never as text");
  }

  /**
   * The secret.
   *
   * @throws CassandraFailure if the variable or file is missing, naming it
   */
  String resolve();

  /** A variable of the worker's environment. */
  record Environment(String name) implements Secret {
    public Environment {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "env: takes the name of an environment variable (letters, digits and _, not starting"
                + " with a digit)");
      }
    }

    @Override
    public String resolve() {
      String value = System.getenv(name);
      if (value == null) {
        throw new CassandraFailure(
            "the environment variable "
                + name
                + ", which should hold a secret, is not set on this worker. Set it for every JVM"
                + " that runs the pipeline");
      }
      return value;
    }

    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /** A file that the worker can read. */
  record TextFile(String path) implements Secret {
    public TextFile {
      if (path.isBlank()) {
        throw new IllegalArgumentException("file: takes the path of a file on the workers");
      }
    }

    @Override
    public String resolve() {
      try {
        return Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
      } catch (IOException e) {
        throw new CassandraFailure(
            "the file "
                + path
                + ", which should hold a secret, cannot be read on this worker ("
                + e.getClass().getSimpleName()
                + "). Put it on every machine that runs the pipeline, readable by its user",
            e);
      }
    }

    @Override
    public String toString() {
      return "file:" + path;
    }
  }
}
