package org.pharos.benchmarks.micro;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.joda.time.Instant;

/** A row of the narrow shape as an AutoValue. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class AutoEntry {
  public static AutoEntry of(
      long entityId, Instant ts, double f1, double f2, double f3, int label, String payload) {
    return new AutoValue_AutoEntry(entityId, ts, f1, f2, f3, label, payload);
  }

  public abstract long getEntityId();

  public abstract Instant getTs();

  public abstract double getF1();

  public abstract double getF2();

  public abstract double getF3();

  public abstract int getLabel();

  public abstract String getPayload();
}
