package org.pharos.transforms.cassandra;

import java.io.Serializable;

/**
 * A part of a table to copy.
 *
 * @param begunMicros when the copy was first begun, in microseconds since 1970
 */
record CopyTask(Split.Ranges split, long begunMicros) implements Serializable {}
