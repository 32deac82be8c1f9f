package org.pharos.benchmarks.micro;

import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.joda.time.Instant;
import org.pharos.schemas.RecordSchema;

/** A row of the narrow shape as a record. */
@DefaultSchema(RecordSchema.class)
public record RecordEntry(
    long entityId, Instant ts, double f1, double f2, double f3, int label, String payload) {}
