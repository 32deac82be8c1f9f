package org.pharos.pipelines.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CqlLogicalTypes;
import org.pharos.schemas.Vector;

class FileFormatTest {
  private static final UUID ID = UUID.fromString("8f0d5b7e-6c4e-4d1c-9f2a-1b2c3d4e5f60");
  private static final UUID TIME_ID = UUID.fromString("13814000-1dd2-11b2-8080-808080808080");
  private static final Schema POINT =
      Schema.builder().addInt32Field("x").addNullableField("y", FieldType.INT32).build();
  private static final Schema ALL =
      Schema.builder()
          .addField("flag", FieldType.BOOLEAN.withNullable(true))
          .addField("tiny", FieldType.BYTE.withNullable(true))
          .addField("small", FieldType.INT16.withNullable(true))
          .addField("number", FieldType.INT32.withNullable(true))
          .addField("large", FieldType.INT64.withNullable(true))
          .addField("single", FieldType.FLOAT.withNullable(true))
          .addField("real", FieldType.DOUBLE.withNullable(true))
          .addField("exact", FieldType.DECIMAL.withNullable(true))
          .addField("big", FieldType.logicalType(CqlLogicalTypes.VARINT).withNullable(true))
          .addField("name", FieldType.STRING.withNullable(true))
          .addField("bytes", FieldType.BYTES.withNullable(true))
          .addField("at", FieldType.DATETIME.withNullable(true))
          .addField("day", FieldType.logicalType(SqlTypes.DATE).withNullable(true))
          .addField("time", FieldType.logicalType(SqlTypes.TIME).withNullable(true))
          .addField("id", FieldType.logicalType(new UuidLogicalType()).withNullable(true))
          .addField("made", FieldType.logicalType(CqlLogicalTypes.TIMEUUID).withNullable(true))
          .addField("host", FieldType.logicalType(CqlLogicalTypes.INET).withNullable(true))
          .addField("span", FieldType.logicalType(CalendarDuration.TYPE).withNullable(true))
          .addField("tags", FieldType.iterable(FieldType.STRING).withNullable(true))
          .addField(
              "scores", FieldType.array(FieldType.DOUBLE.withNullable(true)).withNullable(true))
          .addField(
              "counts",
              FieldType.map(FieldType.STRING, FieldType.INT64.withNullable(true))
                  .withNullable(true))
          .addField("embedding", FieldType.logicalType(Vector.type(2)).withNullable(true))
          .addField("point", FieldType.row(POINT).withNullable(true))
          .addField("key", FieldType.INT32)
          .build();

  @TempDir private Path folder;

  private static Row full() throws IOException {
    Map<String, Long> counts = new HashMap<>();
    counts.put("a", 1L);
    return Row.withSchema(ALL)
        .addValues(true, (byte) -1, (short) -2, -3, 1L << 40, 0.5f, Math.PI)
        .addValues(new BigDecimal("12.3400"), new BigInteger("9".repeat(30)), "ünï,\"x\"")
        .addValues(new byte[] {1, -1}, Instant.ofEpochMilli(1_234_567L))
        .addValues(LocalDate.of(1969, 12, 31), LocalTime.of(1, 2, 3, 4), ID, TIME_ID)
        .addValues(InetAddress.getByName("127.0.0.1"), new CalendarDuration(1, 2, 3))
        .addValue(List.of("x", "y"))
        .addValue(Arrays.asList(0.5, null))
        .addValue(counts)
        .addValue(Vector.of(1.5f, -2))
        .addValue(Row.withSchema(POINT).addValues(4, null).build())
        .addValue(1)
        .build();
  }

  private static Row empty() {
    Row.Builder row = Row.withSchema(ALL);
    for (int i = 0; i < ALL.getFieldCount() - 1; i++) {
      row.addValue(null);
    }
    return row.addValue(2).build();
  }

  private Path written(FileFormat format, Schema schema, Iterable<Row> rows) throws IOException {
    Path file = folder.resolve("rows" + format.suffix());
    FileIO.Sink<Row> sink =
        SerializableUtils.ensureSerializable((FileIO.Sink<Row> & Serializable) format.sink(schema));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      sink.open(channel);
      for (Row row : rows) {
        sink.write(row);
      }
      sink.flush();
    }
    return file;
  }

  /** Groups as Parquet's own example reads them. */
  private static List<Group> read(Path file) throws IOException {
    List<Group> groups = new ArrayList<>();
    try (ParquetReader<Group> reader =
        new ParquetReader.Builder<Group>(
            new LocalInputFile(file), new PlainParquetConfiguration()) {
          @Override
          protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
          }
        }.build()) {
      for (Group each = reader.read(); each != null; each = reader.read()) {
        groups.add(each);
      }
    }
    return groups;
  }

  @Test
  void parquet_has_each_type_as_what_it_is() throws IOException {
    Path file = written(FileFormat.PARQUET, ALL, List.of(full()));
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      assertThat(reader.getFileMetaData().getSchema())
          .isEqualTo(
              MessageTypeParser.parseMessageType(
                  """
                  message row {
                    optional boolean flag;
                    optional int32 tiny (INTEGER(8,true));
                    optional int32 small (INTEGER(16,true));
                    optional int32 number;
                    optional int64 large;
                    optional float single;
                    optional double real;
                    optional binary exact (STRING);
                    optional binary big (STRING);
                    optional binary name (STRING);
                    optional binary bytes;
                    optional int64 at (TIMESTAMP(MILLIS,true));
                    optional int32 day (DATE);
                    optional int64 time (TIME(NANOS,false));
                    optional fixed_len_byte_array(16) id (UUID);
                    optional fixed_len_byte_array(16) made (UUID);
                    optional binary host (STRING);
                    optional binary span (STRING);
                    optional group tags (LIST) {
                      repeated group list {
                        required binary element (STRING);
                      }
                    }
                    optional group scores (LIST) {
                      repeated group list {
                        optional double element;
                      }
                    }
                    optional group counts (MAP) {
                      repeated group key_value {
                        required binary key (STRING);
                        optional int64 value;
                      }
                    }
                    optional group embedding (LIST) {
                      repeated group list {
                        required float element;
                      }
                    }
                    optional group point {
                      required int32 x;
                      optional int32 y;
                    }
                    required int32 key;
                  }
                  """));
      assertThat(reader.getFooter().getBlocks().get(0).getColumns())
          .allMatch(column -> column.getCodec() == CompressionCodecName.ZSTD);
    }
    Group row = read(file).get(0);
    assertThat(row.getBoolean("flag", 0)).isTrue();
    assertThat(row.getInteger("tiny", 0)).isEqualTo(-1);
    assertThat(row.getInteger("small", 0)).isEqualTo(-2);
    assertThat(row.getInteger("number", 0)).isEqualTo(-3);
    assertThat(row.getLong("large", 0)).isEqualTo(1L << 40);
    assertThat(row.getFloat("single", 0)).isEqualTo(0.5f);
    assertThat(row.getDouble("real", 0)).isEqualTo(Math.PI);
    assertThat(row.getString("exact", 0)).isEqualTo("12.3400");
    assertThat(row.getString("big", 0)).isEqualTo("9".repeat(30));
    assertThat(row.getString("name", 0)).isEqualTo("ünï,\"x\"");
    assertThat(row.getBinary("bytes", 0).getBytes()).containsExactly(1, -1);
    assertThat(row.getLong("at", 0)).isEqualTo(1_234_567L);
    assertThat(row.getInteger("day", 0)).isEqualTo(-1);
    assertThat(row.getLong("time", 0)).isEqualTo(LocalTime.of(1, 2, 3, 4).toNanoOfDay());
    assertThat(ByteBuffer.wrap(row.getBinary("id", 0).getBytes()).getLong())
        .isEqualTo(ID.getMostSignificantBits());
    assertThat(ByteBuffer.wrap(row.getBinary("made", 0).getBytes()).getLong(Long.BYTES))
        .isEqualTo(TIME_ID.getLeastSignificantBits());
    assertThat(row.getString("host", 0)).isEqualTo("127.0.0.1");
    Group tags = row.getGroup("tags", 0);
    assertThat(tags.getFieldRepetitionCount("list")).isEqualTo(2);
    assertThat(tags.getGroup("list", 1).getString("element", 0)).isEqualTo("y");
    Group scores = row.getGroup("scores", 0);
    assertThat(scores.getGroup("list", 0).getDouble("element", 0)).isEqualTo(0.5);
    assertThat(scores.getGroup("list", 1).getFieldRepetitionCount("element")).isZero();
    Group counts = row.getGroup("counts", 0).getGroup("key_value", 0);
    assertThat(counts.getString("key", 0) + counts.getLong("value", 0)).isEqualTo("a1");
    Group embedding = row.getGroup("embedding", 0);
    assertThat(embedding.getGroup("list", 1).getFloat("element", 0)).isEqualTo(-2);
    Group point = row.getGroup("point", 0);
    assertThat(point.getInteger("x", 0)).isEqualTo(4);
    assertThat(point.getFieldRepetitionCount("y")).isZero();
  }

  @Test
  void parquet_tells_null_from_empty_and_keeps_the_order_of_many_row_groups() throws IOException {
    Schema schema =
        Schema.builder()
            .addNullableField("tags", FieldType.array(FieldType.STRING))
            .addInt32Field("key")
            .addByteArrayField("noise")
            .build();
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      byte[] noise = new byte[1_000];
      random.nextBytes(noise);
      rows.add(Row.withSchema(schema).attachValues(i % 2 == 0 ? null : List.of(), i, noise));
    }
    Path file = written(FileFormat.PARQUET, schema, rows);
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      assertThat(reader.getRowGroups()).hasSizeGreaterThan(1);
    }
    List<Group> read = read(file);
    assertThat(read).hasSize(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Group group = read.get(i);
      assertThat(group.getInteger("key", 0)).isEqualTo(i);
      assertThat(group.getFieldRepetitionCount("tags")).isEqualTo(i % 2);
      assertThat(group.getBinary("noise", 0).getBytes()).isEqualTo(rows.get(i).getBytes("noise"));
    }
    assertThat(read.get(1).getGroup("tags", 0).getFieldRepetitionCount("list")).isZero();
  }

  @Test
  void a_file_without_rows_has_its_columns() throws IOException {
    assertThat(read(written(FileFormat.PARQUET, ALL, List.of()))).isEmpty();
    assertThat(Files.readAllLines(written(FileFormat.CSV, ALL, List.of())))
        .containsExactly(String.join(",", ALL.getFieldNames()));
  }

  @Test
  void csv_has_a_text_for_each() throws IOException {
    assertThat(Files.readAllLines(written(FileFormat.CSV, ALL, List.of(full(), empty()))))
        .containsExactly(
            String.join(",", ALL.getFieldNames()),
            "true,-1,-2,-3,1099511627776,0.5,3.141592653589793,12.3400,"
                + "9".repeat(30)
                + ",\"ünï,\"\"x\"\"\",01ff,1970-01-01T00:20:34.567Z,1969-12-31,01:02:03.000000004,"
                + ID
                + ","
                + TIME_ID
                + ",127.0.0.1,P1M2DT0.000000003S,\"[x, y]\",\"[0.5, null]\",[a=1],\"[1.5,"
                + " -2.0]\",\"[4, null]\",1",
            ",".repeat(ALL.getFieldCount() - 1) + "2");
  }
}
