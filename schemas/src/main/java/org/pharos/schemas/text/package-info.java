/**
 * The nouns of text: documents, their tokens, terms, and the tables they are kept in. It knows
 * {@code org.pharos.schemas} and no other subject.
 */
@NullMarked
@CheckReturnValue
package org.pharos.schemas.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
