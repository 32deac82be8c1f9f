/**
 * The one room that all transforms share: what a bad record says, and how it reaches Beam's {@link
 * org.apache.beam.sdk.transforms.errorhandling.ErrorHandler}.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.errors;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
