/**
 * The sentences: ready pipelines, their options, their catalog and their launcher. Only this room
 * and the runners know {@code PipelineOptions}.
 */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
