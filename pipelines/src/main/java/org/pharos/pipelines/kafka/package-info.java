/** Kafka as a source and a target of pipelines: messages with their key, value and place. */
@NullMarked
@CheckReturnValue
package org.pharos.pipelines.kafka;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
