/**
 * Counts by key, for any subject that counts things. A shared room of the transforms, like {@code
 * errors}: it knows no subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.tallies;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
