package org.pharos.pipelines.files;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Rows into a Parquet file, compressed with Zstandard; what its columns are says {@link
 * ParquetTypes}. A file has at most about 16 MB in memory before it is written out as a row group.
 */
final class ParquetRows implements FileIO.Sink<Row> {
  private static final long ROW_GROUP_BYTES = 16L << 20;
  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private transient @Nullable ParquetWriter<Row> writer;

  ParquetRows(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void open(WritableByteChannel channel) throws IOException {
    writer = new Builder(new ChannelFile(channel), schema).build();
  }

  @Override
  public void write(Row row) throws IOException {
    Objects.requireNonNull(writer, "open").write(row);
  }

  /** Beam calls this once, when all rows are written: the file ends with what is in it. */
  @Override
  public void flush() throws IOException {
    Objects.requireNonNull(writer, "open").close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final Schema schema;

    Builder(OutputFile file, Schema schema) {
      super(file);
      this.schema = schema;
      // Not Hadoop's own, which looks for files of a cluster on the class path.
      var ignored =
          withConf(new PlainParquetConfiguration())
              .withRowGroupSize(ROW_GROUP_BYTES)
              .withCompressionCodec(CompressionCodecName.ZSTD);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
      return new RowSupport(schema);
    }

    @Override
    @SuppressWarnings("deprecation") // which must be there all the same
    protected WriteSupport<Row> getWriteSupport(
        org.apache.hadoop.conf.Configuration configuration) {
      return new RowSupport(schema);
    }
  }
}
