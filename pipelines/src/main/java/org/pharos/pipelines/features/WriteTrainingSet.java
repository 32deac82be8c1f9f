package org.pharos.pipelines.features;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.WriteFilesResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Contextful;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.pharos.pipelines.files.FileFormat;

/** Rows into the files of three sets, and a manifest beside them. */
final class WriteTrainingSet extends PTransform<PCollection<Row>, WriteFilesResult<String>> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final FileFormat format;
  private final Split split;
  private final Manifest manifest;

  WriteTrainingSet(String folder, FileFormat format, Split split, Manifest manifest) {
    this.folder = folder;
    this.format = format;
    this.split = split;
    this.manifest = manifest;
  }

  @Override
  public WriteFilesResult<String> expand(PCollection<Row> rows) {
    String suffix = format.suffix();
    Schema schema = rows.getSchema();
    Split parted = split;
    PCollection<KV<String, Row>> bySet =
        rows.apply(
                "Choose set",
                WithKeys.<String, Row>of(parted::of).withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), rows.getCoder()));
    writeManifest(bySet, schema);
    return bySet.apply(
        "Write files",
        FileIO.<String, KV<String, Row>>writeDynamic()
            .by(KV::getKey)
            .withDestinationCoder(StringUtf8Coder.of())
            .via(Contextful.fn(KV<String, Row>::getValue), format.sink(schema))
            .to(folder)
            .withNaming(set -> FileIO.Write.defaultNaming(set, suffix)));
  }

  private void writeManifest(PCollection<KV<String, Row>> bySet, Schema schema) {
    PCollectionView<Map<String, SetTally>> tallies =
        bySet
            .apply("Tally sets", Combine.perKey(new SetTally.OfRows(schema.getFieldCount())))
            .apply("Share tallies", View.asMap());
    var ignored =
        bySet
            .getPipeline()
            .apply("Begin manifest", Create.of(Manifest.FILE))
            .apply(
                "Lay out manifest",
                ParDo.of(new ManifestFn(manifest, schema, split, tallies)).withSideInputs(tallies))
            .apply(
                "Write manifest",
                TextIO.write().to(folder + "/" + Manifest.FILE).withoutSharding());
  }

  private static final class ManifestFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final Manifest manifest;
    private final Schema schema;
    private final Split split;
    private final PCollectionView<Map<String, SetTally>> tallies;

    ManifestFn(
        Manifest manifest,
        Schema schema,
        Split split,
        PCollectionView<Map<String, SetTally>> tallies) {
      this.manifest = manifest;
      this.schema = schema;
      this.split = split;
      this.tallies = tallies;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(manifest.json(schema, split, new LinkedHashMap<>(context.sideInput(tallies))));
    }
  }
}
