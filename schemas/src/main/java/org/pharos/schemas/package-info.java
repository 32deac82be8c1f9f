/**
 * The nouns: tables and their types, buckets, and Java records as Beam schemas.
 *
 * <p>The lowest rung of the house: it knows Beam's schema values and nothing else.
 */
@NullMarked
@CheckReturnValue
package org.pharos.schemas;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
