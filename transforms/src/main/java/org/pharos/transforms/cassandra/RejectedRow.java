package org.pharos.transforms.cassandra;

import org.pharos.transforms.errors.Reason;

/** A row cannot be written, and never will be. The message does not hold its values. */
final class RejectedRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  RejectedRow(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RejectedRow(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
