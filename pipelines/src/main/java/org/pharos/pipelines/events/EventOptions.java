package org.pharos.pipelines.events;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.kafka.KafkaSourceOptions;
import org.pharos.pipelines.kafka.ReadMessages;
import org.pharos.schemas.Table;

/** What messages look like that hold events, and what becomes of those that hold none. */
public interface EventOptions extends CassandraOptions, KafkaSourceOptions {
  /** How the value of a message is written. */
  enum Format {
    JSON,
    AVRO
  }

  @Description(
      "How values are written: JSON (an object, in the forms of Cassandra's INSERT JSON) or AVRO"
          + " (bare binary records of avroSchemaFile). Members or fields are columns by name.")
  @Default.Enum("JSON")
  Format getFormat();

  void setFormat(Format format);

  @Description("For AVRO: the file with the schema of the messages.")
  @Nullable String getAvroSchemaFile();

  void setAvroSchemaFile(@Nullable String path);

  @Hidden
  @Description("The text of avroSchemaFile, as the launcher read it.")
  @Default.String("")
  String getAvroSchema();

  void setAvroSchema(String schema);

  @Description(
      "The column that the key of a message holds, as text. By default keys are not looked at.")
  @Nullable String getKeyColumn();

  void setKeyColumn(@Nullable String column);

  @Description(
      "The topic for messages that cannot become rows: original key and value, and headers that"
          + " tell where they lay and what is wrong. Without it, or deadLetterTable, one fails the"
          + " job.")
  @Nullable String getDeadLetterTopic();

  void setDeadLetterTopic(@Nullable String topic);

  @Description("The table of the keyspace for such messages, instead of a topic.")
  @Nullable String getDeadLetterTable();

  void setDeadLetterTable(@Nullable String table);

  /** The tables for messages that the options name: one or none. */
  static List<Table> deadLetterTables(EventOptions options) {
    return DeadLetters.tables(options);
  }

  /**
   * Whether the options on messages go together.
   *
   * @throws BadOption if not
   */
  static void check(EventOptions options) {
    ReadMessages checked = ReadMessages.from(options);
    MessageFormat format = format(options);
    assert checked != null && format != null;
    String topic = options.getDeadLetterTopic();
    String table = options.getDeadLetterTable();
    if (topic != null && table != null) {
      throw new BadOption("deadLetterTopic", topic, "or --deadLetterTable, not both");
    }
    if (topic != null && options.getTopics().contains(topic)) {
      throw new BadOption("deadLetterTopic", topic, "is one of the topics that are read");
    }
    if (table != null && !table.matches("\\w{1,48}")) {
      throw new BadOption("deadLetterTable", table, "the name of a table is allowed");
    }
  }

  /**
   * The format that the options describe.
   *
   * @throws BadOption if the schema is missing, or not needed
   */
  static MessageFormat format(EventOptions options) {
    String file = options.getAvroSchemaFile();
    if (options.getFormat() == Format.JSON) {
      if (file != null) {
        throw new BadOption("avroSchemaFile", file, "is of use only with --format=AVRO");
      }
      return new JsonFormat();
    }
    if (options.getAvroSchema().isEmpty()) {
      throw new BadOption("avroSchemaFile", String.valueOf(file), "a schema is needed for AVRO");
    }
    return new AvroFormat(String.valueOf(file), options.getAvroSchema());
  }
}
