package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * Features that were computed afresh in; for each feature out, for how many entities the history
 * says otherwise for that time, and for how many what is served now is not what the history says
 * for now.
 *
 * <pre>{@code
 * sales
 *     .apply(spending.tiles())
 *     .apply(spending.asOf(noon))
 *     .apply(CheckParity.of(view, "shop", connection));
 * }</pre>
 *
 * <p>In go rows of the view; out rows of {@link #SCHEMA}, one a feature, none without entities.
 * Each entity of the input is looked up twice in the history and once online, whatever was known
 * when; so give it a sample of large views. Values must be equal to the last bit; a null and a
 * value differ. What is written meanwhile may be told as a difference. An entity that the input
 * does not have is not looked for. A view with buckets needs a time to live, as {@link
 * JoinPointInTime#lookingUp} says. Counts each difference in the metric {@code
 * differs_history_FEATURE} or {@code differs_online_FEATURE} too.
 */
public final class CheckParity extends PTransform<PCollection<Row>, PCollection<Row>> {

  /**
   * What comes out: the view and the feature, how many entities were compared, for how many the
   * history has another value than the fresh one, for how many the value that is served is not the
   * newest of the history, and one of those entities.
   */
  public static final Schema SCHEMA =
      Schema.builder()
          .addStringField("view")
          .addStringField("feature")
          .addInt64Field("entities")
          .addInt64Field("history_differs")
          .addInt64Field("online_differs")
          .addNullableField("example", Schema.FieldType.STRING)
          .build();

  /** What the counters of differences between fresh features and the history begin with. */
  public static final String DIFFERS_HISTORY = "differs_history_";

  /** What the counters of differences between the history and what is served begin with. */
  public static final String DIFFERS_ONLINE = "differs_online_";

  private static final String THEN = "parity:then";
  private static final String NOW = "parity:now";
  private static final long serialVersionUID = 1L;

  private final FeatureView view;
  private final String keyspace;
  private final CassandraConnection connection;

  private CheckParity(FeatureView view, String keyspace, CassandraConnection connection) {
    this.view = view;
    this.keyspace = keyspace;
    this.connection = connection;
  }

  /**
   * Checks rows of a view.
   *
   * @param keyspace of the view's tables
   * @param connection to the cluster that has them
   */
  public static CheckParity of(FeatureView view, String keyspace, CassandraConnection connection) {
    return new CheckParity(
        Objects.requireNonNull(view, "view"),
        Objects.requireNonNull(keyspace, "keyspace"),
        Objects.requireNonNull(connection, "connection"));
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> fresh) {
    ViewFit.check(view, view.rows().getFields(), fresh.getSchema(), "what is checked");
    return fresh
        .apply("Take features", ParDo.of(new SpineFn(view)))
        .setRowSchema(SpineFn.schema(view))
        .apply("Ask history for then", asOf(THEN))
        .apply("Keep what held then", new Keep(view, "then"))
        .apply("Ask history for now", asOf(NOW))
        .apply("Keep what holds now", new Keep(view, "now"))
        .apply("Ask online", OnlineFeatures.of(view).from(keyspace, connection))
        .apply("Compare", ParDo.of(new CompareFn(view)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(SCHEMA)))
        .apply("Sum by feature", Combine.perKey(CheckParity::sum))
        .apply("Drop keys", Values.create())
        .setRowSchema(SCHEMA);
  }

  private JoinPointInTime asOf(String time) {
    return JoinPointInTime.at(time).whateverWasKnown().lookingUp(view, keyspace, connection);
  }

  private static Row sum(Row one, Row other) {
    String example = one.getString("example");
    String another = other.getString("example");
    boolean first = another == null || (example != null && example.compareTo(another) < 0);
    return Row.withSchema(SCHEMA)
        .addValues(
            one.getString("view"),
            one.getString("feature"),
            one.getInt64("entities") + other.getInt64("entities"),
            one.getInt64("history_differs") + other.getInt64("history_differs"),
            one.getInt64("online_differs") + other.getInt64("online_differs"),
            first ? example : another)
        .build();
  }

  /** The rows that joins want: the entity, the times, and then the fresh features. */
  private static final class SpineFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final FeatureView view;
    private final Schema spine;

    SpineFn(FeatureView view) {
      this.view = view;
      this.spine = schema(view);
    }

    static Schema schema(FeatureView view) {
      Schema.Builder spine = Schema.builder();
      view.entity().forEach(name -> spine.addField(view.rows().getField(name)));
      spine.addDateTimeField(THEN).addDateTimeField(NOW);
      view.features().forEach(field -> spine.addNullableField(fresh(field), field.getType()));
      return spine.build();
    }

    private static String fresh(Field field) {
      return "parity:fresh:" + field.getName();
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<Row> out) {
      List<@Nullable Object> values = new ArrayList<>(spine.getFieldCount());
      view.entity().forEach(name -> values.add(row.getValue(name)));
      values.add(row.getValue(view.eventTime()));
      values.add(Instant.now());
      view.features().forEach(field -> values.add(row.getValue(field.getName())));
      out.output(Row.withSchema(spine).attachValues(values));
    }
  }

  /** Renames what a join has added, so that the next one can add it again. */
  private static final class Keep extends PTransform<PCollection<Row>, PCollection<Row>> {
    private static final long serialVersionUID = 1L;

    private final FeatureView view;
    private final String when;

    Keep(FeatureView view, String when) {
      this.view = view;
      this.when = when;
    }

    @Override
    public PCollection<Row> expand(PCollection<Row> rows) {
      int first = rows.getSchema().getFieldCount() - added(view);
      Schema.Builder schema = Schema.builder();
      for (Field field : rows.getSchema().getFields()) {
        boolean renamed = rows.getSchema().indexOf(field.getName()) >= first;
        schema.addField(renamed ? field.withName("parity:" + when + ":" + field.getName()) : field);
      }
      Schema kept = schema.build();
      return rows.apply("Rename", ParDo.of(new RenameFn(kept))).setRowSchema(kept);
    }
  }

  /** How many fields a join adds: the time, and the features. */
  private static int added(FeatureView view) {
    return 1 + view.features().size();
  }

  private static final class RenameFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Schema schema;

    RenameFn(Schema schema) {
      this.schema = schema;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<Row> out) {
      out.output(Row.withSchema(schema).attachValues(row.getValues()));
    }
  }

  /** One row a feature, of one entity: which values differ. */
  private static final class CompareFn extends DoFn<Row, KV<String, Row>> {
    private static final long serialVersionUID = 1L;

    private final FeatureView view;
    private final Counter entities = Metrics.counter(CheckParity.class, "entities_checked");

    CompareFn(FeatureView view) {
      this.view = view;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<KV<String, Row>> out) {
      entities.inc();
      // The entity, two times, the fresh features, and three times a time and the features.
      int fresh = view.entity().size() + 2;
      int then = fresh + view.features().size() + 1;
      int now = then + added(view);
      int online = now + added(view);
      for (int i = 0; i < view.features().size(); i++) {
        String feature = view.features().get(i).getName();
        boolean history = differ(row.getValue(fresh + i), row.getValue(then + i));
        boolean served = differ(row.getValue(now + i), row.getValue(online + i));
        if (history) {
          Metrics.counter(CheckParity.class, DIFFERS_HISTORY + feature).inc();
        }
        if (served) {
          Metrics.counter(CheckParity.class, DIFFERS_ONLINE + feature).inc();
        }
        out.output(
            KV.of(
                feature,
                Row.withSchema(SCHEMA)
                    .addValues(
                        view.qualifiedName(),
                        feature,
                        1L,
                        history ? 1L : 0L,
                        served ? 1L : 0L,
                        history || served ? entity(row) : null)
                    .build()));
      }
    }

    private static boolean differ(@Nullable Object one, @Nullable Object other) {
      return !Objects.deepEquals(one, other);
    }

    private String entity(Row row) {
      List<String> parts = new ArrayList<>();
      for (String field : view.entity()) {
        parts.add(field + "=" + row.getValue(field));
      }
      return String.join(", ", parts);
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("view", view.qualifiedName()).withLabel("View"))
        .add(DisplayData.item("keyspace", keyspace).withLabel("Keyspace"));
  }
}
