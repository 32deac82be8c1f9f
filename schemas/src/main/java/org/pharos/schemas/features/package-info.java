/**
 * The nouns of features: the tables that feature rows are kept in. It knows {@code
 * org.pharos.schemas} and no other subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.schemas.features;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
