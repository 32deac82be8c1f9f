/**
 * The doors to Apache Cassandra: transforms that read, look up, write and delete the rows of a
 * {@link org.pharos.schemas.Table}, how they connect, and {@link
 * org.pharos.transforms.cassandra.Tables} to describe, create and evolve tables.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.cassandra;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
