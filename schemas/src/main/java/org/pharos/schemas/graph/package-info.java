/**
 * The nouns of graphs: edges, adjacency and degrees, and the tables they are kept in. It knows
 * {@code org.pharos.schemas} and no other subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.schemas.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
