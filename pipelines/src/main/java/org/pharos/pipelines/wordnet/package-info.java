/** WordNet 3.1, from a Maven artifact into a table of documents and a table of edges. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.wordnet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
