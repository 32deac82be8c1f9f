/**
 * Text: documents cut into tokens, and what is counted over tokens. A room of the transforms: it
 * knows the records of {@code org.pharos.schemas.text} and no other subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.transforms.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
