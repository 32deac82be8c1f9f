package org.pharos.transforms.features;

import java.io.Serializable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** What an entity's state is made of: an event, or the states of a tile of earlier events. */
final class EventOrTile implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EVENT = 0;
  private static final int TILE_END = 1;
  private static final int STATES = 2;

  private final Schema schema;

  /**
   * @param events what events look like
   * @param states what is stored of a tile
   */
  EventOrTile(Schema events, Schema states) {
    this.schema =
        Schema.builder()
            .addNullableField("event", FieldType.row(events))
            .addNullableField("tile_end", FieldType.INT64)
            .addNullableField("states", FieldType.row(states))
            .build();
  }

  Schema schema() {
    return schema;
  }

  Row ofEvent(Row event) {
    return Row.withSchema(schema).attachValues(event, null, null);
  }

  /**
   * @param end of the tile, in milliseconds since 1970
   */
  Row ofTile(long end, Row states) {
    return Row.withSchema(schema).attachValues(null, end, states);
  }

  /** The event, null if it is a tile. */
  static @Nullable Row event(Row either) {
    return either.getRow(EVENT);
  }

  /** Of what is a tile. */
  static long tileEnd(Row either) {
    return either.<Long>getValue(TILE_END);
  }

  /** Of what is a tile. */
  static Row states(Row either) {
    return either.<Row>getValue(STATES);
  }
}
