/**
 * Rows through our tables for pipelines that use Beam's own CassandraIO: see {@link
 * org.pharos.cassandraio.CassandraRows}.
 */
@NullMarked
@CheckReturnValue
package org.pharos.cassandraio;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
