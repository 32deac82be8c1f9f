package org.pharos.local;

/** How a node speaks with its clients, on its one CQL port. */
public enum ClientEncryption {
  /** In plain text. */
  NONE,
  /** As each client wishes: in plain text, or by TLS without a certificate of its own. */
  OPTIONAL,
  /** By TLS; clients need no certificate of their own. */
  REQUIRED,
  /** By TLS, and each client shows a certificate that the node's authority signed. */
  MUTUAL
}
