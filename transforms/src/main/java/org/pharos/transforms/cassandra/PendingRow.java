package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/**
 * A row on its way, with what its result needs: its own timestamp, window and pane.
 *
 * @param partition the routing key of its partition
 * @param bytes the size of its values
 */
record PendingRow(
    Row row,
    Instant timestamp,
    BoundedWindow window,
    PaneInfo pane,
    BoundStatement statement,
    ByteBuffer partition,
    int bytes) {}
