package org.pharos.transforms.features;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/**
 * Tiles in, one row of features an entity out, as they were known at a time: see {@link
 * TiledFeatures}. Tiles that end later are not looked at. Rows are as those of {@link
 * SummarizeEvents}.
 *
 * <p>The tiles may have more columns than are needed, in any order, as a table gives them back.
 * Each tile must come once.
 */
public final class SummarizeTiles extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final TiledFeatures definition;
  private final Instant asOf;

  private SummarizeTiles(TiledFeatures definition, Instant asOf) {
    this.definition = definition;
    this.asOf = asOf;
  }

  static SummarizeTiles of(TiledFeatures definition, Instant asOf) {
    return new SummarizeTiles(definition, asOf);
  }

  /** The schema of the features. */
  public Schema schema() {
    return definition.featureLayout().features();
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> tiles) {
    FeatureLayout layout = definition.featureLayout();
    Schema read = tiles.getSchema();
    definition.checkTiles(read);
    return tiles
        .apply("Key tiles until then", ParDo.of(new TilesUntilFn(definition, read, asOf)))
        .setCoder(KvCoder.of(RowCoder.of(layout.entity()), RowCoder.of(read)))
        .apply(
            "Merge tiles by entity",
            Combine.perKey(MergeTiles.ofRows(layout, definition.stateNames(), read, asOf)))
        .setCoder(KvCoder.of(RowCoder.of(layout.entity()), RowCoder.of(layout.results())))
        .apply("Lay out features", ParDo.of(new FeatureRowFn(layout, asOf)))
        .setRowSchema(layout.features());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("asOf", asOf).withLabel("As of"))
        .add(DisplayData.item("features", definition.toString()).withLabel("Features"));
  }
}
