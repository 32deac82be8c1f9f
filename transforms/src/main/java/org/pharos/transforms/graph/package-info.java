/**
 * Graphs: edges laid out for look-up from both ends, and what is counted over edges. A room of the
 * transforms: it knows the records of {@code org.pharos.schemas.graph} and no other subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
