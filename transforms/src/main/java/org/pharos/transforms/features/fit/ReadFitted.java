package org.pharos.transforms.features.fit;

import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Reads what a version of a {@link FittedTable} learned; see {@link FittedTable#read}. */
public final class ReadFitted extends PTransform<PBegin, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final FittedTable models;
  private final int version;

  private ReadFitted(FittedTable models, int version) {
    this.models = models;
    this.version = version;
  }

  static ReadFitted of(FittedTable models, int version) {
    return new ReadFitted(models, version);
  }

  @Override
  public PCollection<Row> expand(PBegin begin) {
    FittedTable table = models;
    return begin
        .apply("Ask for version", Create.of(version).withCoder(VarIntCoder.of()))
        .apply("Read version", MapElements.into(TypeDescriptors.rows()).via(table::learned))
        .setRowSchema(models.pipeline().learnedSchema());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("table", models.table().qualifiedName()).withLabel("Table"))
        .add(DisplayData.item("version", version).withLabel("Version"));
  }
}
