/** The drills, one file each, and the command that runs them. */
@NullMarked
@CheckReturnValue
package org.pharos.drills;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
