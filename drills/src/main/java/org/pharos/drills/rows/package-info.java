/** Rows that are known by their number alone, and what has been seen of them. Plain Java. */
@NullMarked
@CheckReturnValue
package org.pharos.drills.rows;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
