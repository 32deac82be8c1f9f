package org.pharos.local;

/**
 * An artifact that can be had neither from the local repository nor from a remote one; the message
 * says how to fetch it.
 */
public final class MissingArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
