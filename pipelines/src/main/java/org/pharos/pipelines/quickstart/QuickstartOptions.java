package org.pharos.pipelines.quickstart;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.pharos.pipelines.CassandraOptions;

/** The options of the quickstart: without a way to a cluster it starts one of its own. */
public interface QuickstartOptions extends CassandraOptions {
  @Description("The folder for summary.json, report.html and what lies behind them.")
  @Default.String("target/quickstart")
  String getOutput();

  void setOutput(String folder);
}
