package org.pharos.transforms.features;

import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/**
 * A spine in; for each feature of a view out, how many of the spine's rows a careless join would
 * have given another value than {@link JoinPointInTime}: knowledge of the future in a training set,
 * which a model learns from and never has again.
 *
 * <pre>{@code
 * spine.apply(AuditLeakage.at("decided_at").of(spending, history));
 * }</pre>
 *
 * <p>Rows of {@link #SCHEMA}: {@code rows} is how many rows of the spine have an entity and a time;
 * {@code from_the_future} how many of them would have another value if each got the entity's
 * newest, as a join by entity alone gives; {@code not_yet_known} how many would if only the event
 * time was looked at, not since when a statement was known. A null and a value differ. Both ends of
 * the time to live count, as in the join.
 *
 * <p>One row a feature comes out, none for a spine without such rows. The spine is grouped by
 * entity, and the history of one entity is in memory.
 */
public final class AuditLeakage extends PTransform<PCollection<Row>, PCollection<Row>> {

  /** What comes out. */
  public static final Schema SCHEMA =
      Schema.builder()
          .addStringField("view")
          .addStringField("feature")
          .addInt64Field("rows")
          .addInt64Field("from_the_future")
          .addInt64Field("not_yet_known")
          .build();

  private static final long serialVersionUID = 1L;

  private final String time;
  private final FeatureView view;
  private final transient PCollection<Row> history;

  private AuditLeakage(String time, FeatureView view, PCollection<Row> history) {
    this.time = time;
    this.view = view;
    this.history = history;
  }

  /** The field of the spine, a timestamp, at which features are wanted; the view is missing. */
  public static Time at(String time) {
    return new Time(Objects.requireNonNull(time, "time"));
  }

  /** When features are wanted; the view is missing. */
  public static final class Time {
    private final String field;

    private Time(String field) {
      this.field = field;
    }

    /**
     * Audits a view.
     *
     * @param history as {@link JoinPointInTime#merging} takes it
     */
    public AuditLeakage of(FeatureView view, PCollection<Row> history) {
      return new AuditLeakage(
          field, Objects.requireNonNull(view, "view"), Objects.requireNonNull(history, "history"));
    }
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> spine) {
    // Checks the spine as the join does.
    Schema joined = JoinPointInTime.at(time).merging(view, history).schema(spine.getSchema());
    AsOf rule = AsOf.of(view.timeToLive().orElse(null), true, true, Duration.ZERO);
    SpineJoin join = new SpineJoin(JoinedRows.none().and(view), 0, time, rule, joined);
    HistoryRows rows = HistoryRows.of(view, history, true);
    return spine
        .apply("Group by entity", new GroupByEntity(join, rows, history))
        .get(GroupByEntity.TOGETHER)
        .apply("Compare", ParDo.of(new CompareFn(join, rows)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ListCoder.of(BigEndianLongCoder.of())))
        .apply("Group by feature", GroupByKey.create())
        .apply("Sum", ParDo.of(new SumFn(view.qualifiedName())))
        .setRowSchema(SCHEMA);
  }

  /** Of each entity, for each feature: rows, from the future, not yet known. */
  private static final class CompareFn extends DoFn<KV<Row, CoGbkResult>, KV<String, List<Long>>> {
    private static final long serialVersionUID = 1L;

    private final SpineJoin join;
    private final HistoryRows rows;

    CompareFn(SpineJoin join, HistoryRows rows) {
      this.join = join;
      this.rows = rows;
    }

    @ProcessElement
    public void process(
        @Element KV<Row, CoGbkResult> entity, OutputReceiver<KV<String, List<Long>>> out) {
      List<AsOf.Statement> statements = GroupByEntity.statements(entity.getValue(), rows);
      AsOf rule = join.rule();
      AsOf.History right = rule.history(statements);
      AsOf.History unaware =
          new AsOf(rule.timeToLive(), rule.inclusive(), false, rule.lag()).history(statements);
      AsOf.Statement newest = statements.stream().max(AsOf.Statement.ORDER).orElse(null);
      List<Field> features = join.view().features();
      long[][] counts = new long[features.size()][3];
      for (Row row : entity.getValue().getAll(GroupByEntity.SPINE)) {
        AsOf.Statement held = right.at(join.time(row));
        AsOf.Statement early = unaware.at(join.time(row));
        for (int i = 0; i < counts.length; i++) {
          String feature = features.get(i).getName();
          counts[i][0]++;
          counts[i][1] += differ(held, newest, feature) ? 1 : 0;
          counts[i][2] += differ(held, early, feature) ? 1 : 0;
        }
      }
      for (int i = 0; i < counts.length; i++) {
        if (counts[i][0] > 0) {
          out.output(
              KV.of(features.get(i).getName(), List.of(counts[i][0], counts[i][1], counts[i][2])));
        }
      }
    }

    private static boolean differ(
        AsOf.@Nullable Statement one, AsOf.@Nullable Statement other, String feature) {
      Object left = one == null ? null : one.row().getValue(feature);
      Object right = other == null ? null : other.row().getValue(feature);
      return !Objects.deepEquals(left, right);
    }
  }

  private static final class SumFn extends DoFn<KV<String, Iterable<List<Long>>>, Row> {
    private static final long serialVersionUID = 1L;

    private final String view;

    SumFn(String view) {
      this.view = view;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<List<Long>>> feature, OutputReceiver<Row> out) {
      long[] sums = new long[3];
      for (List<Long> counts : feature.getValue()) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += counts.get(i);
        }
      }
      out.output(
          Row.withSchema(SCHEMA)
              .addValues(view, feature.getKey(), sums[0], sums[1], sums[2])
              .build());
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("time", time).withLabel("Time of the spine"))
        .add(DisplayData.item("view", view.qualifiedName()).withLabel("View"));
  }
}
