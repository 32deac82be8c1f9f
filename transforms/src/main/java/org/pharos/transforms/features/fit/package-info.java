/**
 * Features made of features: what is learned from many rows, such as a mean, and applied to each of
 * them, in batch, in a stream and in a service by the same code. Names and formulas are those of
 * scikit-learn where it has them.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.features.fit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
