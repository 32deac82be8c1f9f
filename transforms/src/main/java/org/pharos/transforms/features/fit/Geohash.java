package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A place on earth as the name of the cell it lies in, a text behind the latitude and longitude,
 * which stay: the geohash of Niemeyer (2008). Two places in one cell have the same, two with a
 * longer common beginning are mostly nearer; 5 characters are cells of 5 km. A category for a step
 * behind it. Null where one is null, NaN or out of range. Nothing is learned.
 */
public final class Geohash implements FeatureStep {
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int BITS = 5;
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String latitude;
  private final String longitude;
  private final int length;

  private Geohash(String name, String latitude, String longitude, int length) {
    this.name = name;
    this.latitude = latitude;
    this.longitude = longitude;
    this.length = length;
    if (length < 1 || length > 12) {
      throw new IllegalArgumentException(this + " has 1 to 12 characters, not " + length);
    }
  }

  /**
   * Names cells.
   *
   * @param name of the field that is written
   * @param latitude a column of degrees north, from -90 to 90
   * @param longitude a column of degrees east, from -180 to 180
   * @param length of the text, 1 to 12
   */
  public static Geohash of(String name, String latitude, String longitude, int length) {
    return new Geohash(name, latitude, longitude, length);
  }

  @Override
  public List<String> columns() {
    return List.of(latitude, longitude);
  }

  @Override
  public List<Field> writes(Schema columns) {
    Numbers.check("Geohash", columns);
    return List.of(Field.nullable(name, FieldType.STRING));
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    return values ->
        Collections.singletonList(hash(Numbers.of(values.get(0)), Numbers.of(values.get(1))));
  }

  private @Nullable String hash(@Nullable Double north, @Nullable Double east) {
    if (north == null || east == null || !(Math.abs(north) <= 90) || !(Math.abs(east) <= 180)) {
      return null;
    }
    double[] at = {east, north};
    double[] low = {-180, -90};
    double[] high = {180, 90};
    StringBuilder text = new StringBuilder(length);
    for (int bit = 0; text.length() < length; ) {
      int digit = 0;
      for (int i = 0; i < BITS; i++) {
        // East and north by turns.
        int axis = bit++ % 2;
        double middle = (low[axis] + high[axis]) / 2;
        boolean upper = at[axis] >= middle;
        (upper ? low : high)[axis] = middle;
        digit = 2 * digit + (upper ? 1 : 0);
      }
      text.append(DIGITS.charAt(digit));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Geohash " + name;
  }
}
