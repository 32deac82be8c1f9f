package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.cassandra.Nulls;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/** Writes what was learned as a version of a {@link FittedTable}; see {@link FittedTable#write}. */
public final class WriteFitted extends PTransform<PCollection<Row>, WriteResult> {
  private static final long serialVersionUID = 1L;

  private final FittedTable models;
  private final int version;

  private WriteFitted(FittedTable models, int version) {
    this.models = models;
    this.version = version;
  }

  static WriteFitted of(FittedTable models, int version) {
    return new WriteFitted(models, version);
  }

  @Override
  public WriteResult expand(PCollection<Row> learned) {
    Schema versioned =
        Schema.builder()
            .addInt32Field(FeatureTables.VERSION)
            .addDateTimeField(FeatureTables.FITTED_AT)
            .addFields(models.pipeline().learnedSchema().getFields())
            .build();
    int number = version;
    return learned
        .apply(
            "Say which version",
            MapElements.into(TypeDescriptors.rows()).via(row -> versioned(row, number, versioned)))
        .setRowSchema(versioned)
        .apply(
            "Write version",
            WriteTable.of(models.table()).to(models.connection()).withNulls(Nulls.REPLACE));
  }

  private static Row versioned(Row learned, int version, Schema schema) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(version);
    values.add(Instant.now());
    values.addAll(learned.getValues());
    return Row.withSchema(schema).attachValues(values);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("table", models.table().qualifiedName()).withLabel("Table"))
        .add(DisplayData.item("version", version).withLabel("Version"));
  }
}
