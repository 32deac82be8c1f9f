package org.pharos.pipelines.quickstart;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.foodmart.FoodMart;
import org.pharos.pipelines.wordnet.WordNet;

/** The options of the quickstart: without a way to a cluster it starts one of its own. */
public interface QuickstartOptions extends CassandraOptions {
  @Description("The folder for summary.json, report.html and what lies behind them.")
  @Default.String("target/quickstart")
  String getOutput();

  void setOutput(String folder);

  @Description(
      "A file to read in place of the artifact "
          + FoodMart.ARTIFACT
          + ", such as a smaller one of the same layout.")
  @Nullable String getFoodMart();

  void setFoodMart(@Nullable String path);

  @Description(
      "A file to read in place of the artifact "
          + WordNet.ARTIFACT
          + ", such as a smaller one of the same layout.")
  @Nullable String getWordNet();

  void setWordNet(@Nullable String path);
}
