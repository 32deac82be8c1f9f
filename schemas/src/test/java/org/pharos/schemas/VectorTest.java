package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VectorTest {

  @Property
  void equal_elements_make_equal_vectors(@ForAll float[] elements) {
    assertThat(Vector.of(elements))
        .isEqualTo(Vector.of(elements))
        .hasSameHashCodeAs(Vector.of(elements));
    assertThat(Vector.of(elements).toArray()).containsExactly(elements);
  }

  @Property
  void survives_its_bytes(@ForAll float[] elements) {
    Vector vector = Vector.of(elements);

    assertThat(Vector.fromBytes(ByteBuffer.wrap(vector.toBytes()))).isEqualTo(vector);
  }

  @Test
  void stores_big_endian_floats() {
    assertThat(Vector.of(1f, -2f).toBytes()).containsExactly(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);
  }

  @Test
  void is_not_changed_through_its_array() {
    float[] given = {1, 2};
    Vector vector = Vector.of(given);
    given[0] = 9;
    vector.toArray()[1] = 9;

    assertThat(vector).isEqualTo(Vector.of(1, 2));
  }

  @Test
  void refuses_another_dimension() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vector.type(3).toBaseType(Vector.of(1, 2)))
        .withMessage("a vector of 3 elements is wanted, this one has 2");
    assertThat(Vector.anyType().toInputType(Vector.anyType().toBaseType(Vector.of(1, 2))))
        .isEqualTo(Vector.of(1, 2));
  }

  @Test
  void refuses_bytes_that_are_no_floats() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vector.fromBytes(ByteBuffer.allocate(5)))
        .withMessage("a vector of floats has 4 bytes an element, not 5 bytes in all");
  }
}
