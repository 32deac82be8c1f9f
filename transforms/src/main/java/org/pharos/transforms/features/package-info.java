/**
 * Features: events summarized by entity as they were known at a point in time. A room of the
 * transforms: it takes any rows with a schema and knows no other subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.features;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
