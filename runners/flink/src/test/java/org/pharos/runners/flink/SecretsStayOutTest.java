package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.runners.flink.SecuredNode.PASSWORD;
import static org.pharos.runners.flink.SecuredNode.PASSWORD_FILE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.construction.PipelineOptionsTranslation;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.DeleteRows;
import org.pharos.transforms.cassandra.LookupRows;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * Where the password of a pipeline that reads, looks up, writes and deletes could be, it is not.
 * That each search sees anything at all is shown by the reference to the password, or the user's
 * name, which is there.
 */
@Timeout(120)
class SecretsStayOutTest {
  private final TestKeyspace keyspace = TestKeyspace.create(SecuredNode.CASSANDRA, 1);
  private final Table from = table("source");
  private final Table to = table("target");
  private final CassandraConnection connection =
      SecuredNode.with(PASSWORD_FILE).withDriverConfig("basic.session-name = watched");
  private Pipeline pipeline;

  private Table table(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .column("v", CqlType.TEXT)
            .build();
    table.createStatements().forEach(statement -> keyspace.execute(statement));
    return table;
  }

  @BeforeEach
  void assemble() {
    for (int k = 0; k < 3; k++) {
      keyspace.execute("INSERT INTO source (k, v) VALUES (?, 'x')", k);
      keyspace.execute("INSERT INTO target (k, v) VALUES (?, 'old')", k + 10);
    }
    pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(FlinkLauncher.VOICE.first().toArray(new String[0]))
                .create());
    PCollection<Row> rows = pipeline.apply("Read", ReadTable.of(from).from(connection));
    var written =
        rows.apply("Look up", LookupRows.of(from).from(connection))
            .found()
            .apply("Keys", Keys.create())
            .setRowSchema(from.rowSchema())
            .apply("Write", WriteTable.of(to).to(connection));
    var deleted =
        pipeline
            .apply("Read old", ReadTable.of(to).from(connection).withColumns("k"))
            .apply("Delete", DeleteRows.of(to).from(connection));
    assertThat(written).isNotSameAs(deleted);
  }

  @AfterEach
  void drop() {
    keyspace.close();
  }

  @Test
  void of_the_pipeline_that_travels() {
    // Its functions are compressed, but a text without a repetition in it stays as it is.
    assertThat(text(PipelineTranslation.toProto(pipeline).toByteArray()))
        .contains(SecuredNode.USER)
        .doesNotContain(PASSWORD);
    assertThat(PipelineOptionsTranslation.toProto(pipeline.getOptions()).toString())
        .contains("FlinkRunner")
        .doesNotContain(PASSWORD);
  }

  @Test
  void of_each_step_its_display_data_text_bytes_and_coders() throws IOException {
    List<String> found = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() != null) {
              look(node.getTransform());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            look(node.getTransform());
          }

          @Override
          public void visitValue(PValue value, TransformHierarchy.Node producer) {
            found.add(value.toString());
            if (value instanceof PCollection<?> collection) {
              found.add(collection.getCoder().toString());
              found.add(bytes(collection.getCoder()));
            }
          }

          private void look(PTransform<?, ?> transform) {
            found.add(transform.toString());
            found.add(DisplayData.from(transform).toString());
            if (transform instanceof ParDo.MultiOutput<?, ?> pardo) {
              found.add(String.valueOf(pardo.getFn()));
              found.add(bytes(pardo.getFn()));
            } else {
              found.add(bytes(transform));
            }
          }
        });

    assertThat(found).anyMatch(each -> each.contains(PASSWORD_FILE.toString()));
    assertThat(found).anyMatch(each -> each.contains("user keeper"));
    assertThat(found).hasSizeGreaterThan(50).noneMatch(each -> each.contains(PASSWORD));
  }

  @Test
  void of_what_a_run_logs() {
    Captured captured = new Captured();
    List<Logger> loggers =
        Stream.of("com.datastax.oss.driver", "org.pharos", "org.apache.beam", "org.apache.flink")
            .map(Logger::getLogger)
            .toList();
    try {
      for (Logger logger : loggers) {
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.FINEST);
        logger.addHandler(captured);
      }
      pipeline.run().waitUntilFinish();
    } finally {
      for (Logger logger : loggers) {
        logger.removeHandler(captured);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
      }
    }
    assertThat(keyspace.execute("SELECT k, v FROM target").all())
        .extracting(row -> row.getInt(0) + row.getString(1))
        .containsExactlyInAnyOrder("0x", "1x", "2x");
    assertThat(captured.lines).anyMatch(line -> line.contains("watched"));
    assertThat(captured.lines).hasSizeGreaterThan(100).noneMatch(line -> line.contains(PASSWORD));
  }

  private static String bytes(Object value) {
    // Not by Beam's own helper, which compresses.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject((Serializable) value);
    } catch (IOException e) {
      // Some of the runner's own steps are not meant to travel; what was written so far is seen.
      assertThat(value.getClass().getName()).doesNotStartWith("org.pharos.transforms.cassandra.");
    }
    return text(bytes.toByteArray());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static final class Captured extends Handler {
    final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord record) {
      StringWriter text = new StringWriter();
      text.append(record.getLoggerName()).append(' ').append(formatter.formatMessage(record));
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {
      // Nothing is buffered.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
