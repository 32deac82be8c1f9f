package org.pharos.transforms.errors;

/** Why an element was refused for good: trying again would not help. */
public enum Reason {
  /** A value does not have the form that its column or the transform needs. */
  MAPPING,
  /** A column of the key has no value. */
  KEY,
  /** The time of the row is missing, or outside of what can be written. */
  TIME,
  /** The row is larger than the server takes. */
  TOO_LARGE,
  /** The server understood the row and refused it. */
  REFUSED
}
