package org.pharos.schemas;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The dimension of a {@link Vector} in a record: {@code record Embedding(String id, @Dimension(384)
 * Vector vector)}. Without it the record takes vectors of any dimension, and a table inferred from
 * the record needs the type of that column stated.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Dimension {
  int value();
}
