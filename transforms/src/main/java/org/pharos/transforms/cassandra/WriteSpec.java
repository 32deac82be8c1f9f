package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * All that travels to the workers.
 *
 * @param step the name of the writer in bad records and messages
 * @param chooser names the table of each row; null if there is only one
 * @param hasHandler whether rows that can never be written are set aside
 */
record WriteSpec<T>(
    String step,
    WriteSettings settings,
    List<WritePlan> plans,
    @Nullable SerializableFunction<Row, String> chooser,
    SerializableFunction<T, Row> toRow,
    Coder<T> elementCoder,
    boolean hasHandler)
    implements Serializable {
  WriteSpec {
    plans = List.copyOf(plans);
  }
}
