package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

class RecordRoundTripTest {

  @DefaultSchema(RecordSchema.class)
  record Measured(
      long id,
      double value,
      String text,
      Integer count,
      UUID uuid,
      BigInteger varint,
      BigDecimal decimal,
      Instant at,
      LocalDate date,
      LocalTime time,
      CalendarDuration duration,
      InetAddress inet,
      ByteBuffer bytes,
      @Dimension(3) Vector vector,
      List<BigDecimal> decimals,
      Set<UUID> uuids,
      Map<String, LocalDate> dates,
      Map<Long, List<Set<InetAddress>>> nested) {}

  private static final RecordShape<Measured> SHAPE = RecordSchema.of(Measured.class);
  private static final Coder<Measured> CODER = coder();

  private static Coder<Measured> coder() {
    try {
      return SchemaRegistry.createDefault().getSchemaCoder(Measured.class);
    } catch (NoSuchSchemaException e) {
      throw new AssertionError(e);
    }
  }

  @Provide
  Arbitrary<Row> rows() {
    List<Arbitrary<Object>> values = new ArrayList<>();
    for (RecordShape.Component component : SHAPE.components()) {
      Arbitrary<Object> value =
          CqlValues.of(component.mapping().cqlType().orElseThrow()).map(each -> (Object) each);
      values.add(component.type().isPrimitive() ? value : value.injectNull(0.1));
    }
    return Combinators.combine(values)
        .as(fields -> Row.withSchema(SHAPE.schema()).addValues(fields).build());
  }

  @Property(tries = 500)
  void survives_coder_and_rows(@ForAll("rows") Row row) throws Exception {
    Measured measured = SHAPE.fromRow(row);

    assertThat(CoderUtils.clone(CODER, measured)).isEqualTo(measured);
    assertThat(SHAPE.fromRow(SHAPE.toRow(measured))).isEqualTo(measured);
    assertThat(CoderUtils.encodeToByteArray(CODER, CoderUtils.clone(CODER, measured)))
        .hasSameSizeAs(CoderUtils.encodeToByteArray(CODER, measured));
  }
}
