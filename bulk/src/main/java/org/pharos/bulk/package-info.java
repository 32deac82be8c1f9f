/**
 * The child of a worker that loads in bulk: a JVM whose class path is Cassandra's. It turns rows
 * into SSTables and streams SSTables to nodes, as its parent asks it to.
 *
 * <p>The parent writes requests to the child's standard input and reads an answer to some of them
 * from its standard output; numbers are big-endian, a <i>text</i> is an int of its UTF-8 bytes and
 * then these, a <i>list</i> an int of its size and then its elements.
 *
 * <pre>{@code
 * first      int 1, the version of these words
 *            text keyspace, text table, text id of the table
 *            list of text CREATE TYPE, text CREATE TABLE
 *            int 1 if indexes may be kept in files of each SSTable, otherwise 0
 *            list of statements: text INSERT or UPDATE, int markers, list of int: the markers
 *              that are the partition key, in its order
 *            int bytes of rows to sort and write at once
 *            answer: text the version of Cassandra
 * 'B' begin  text directory, list of (long last token, int group), by token:
 *              each group of tokens gets SSTables of its own
 * 'R' rows   int bytes, then rows: int bytes of the rest, long token, byte statement, and for each
 *              marker int bytes (-1 null, -2 unset) and these
 * 'E' end    answer: list of (int group, text directory of its SSTables, int SSTables, long bytes)
 * 'S' stream text directory, list of (text host, int port, list of (long after, long last)):
 *              the ranges of tokens that each node is to get
 *            answer: list of text: the hosts that failed, empty if all have everything
 * }</pre>
 *
 * <p>An answer is a byte 1 and then what is said above, or a byte 0 and a text: what went wrong. A
 * child ends with its input, and with its parent: its arguments are the parent's process id and the
 * directory to delete when the parent is gone.
 */
@NullMarked
package org.pharos.bulk;

import org.jspecify.annotations.NullMarked;
