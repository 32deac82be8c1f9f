package org.pharos.pipelines.features;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.Connections;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.features.RegisterView;

/** The options of pipelines that fill the tables of a view. */
public interface ViewOptions extends CassandraOptions {
  @Description(
      "Who builds the view: with it, the view is entered into the registry, the table"
          + " feature_views of the keyspace, and a version that was registered with other features"
          + " ends the job. Default: it is not registered.")
  @Nullable String getRegisteredBy();

  void setRegisteredBy(@Nullable String who);

  /** The table of the registry, if the view is to be registered. */
  static List<Table> registry(ViewOptions options) {
    return options.getRegisteredBy() == null
        ? List.of()
        : List.of(FeatureTables.registry(options.getKeyspace()));
  }

  /** Registers a view, if it is to be. */
  static void register(Pipeline pipeline, ViewOptions options, FeatureView view) {
    String who = options.getRegisteredBy();
    if (who != null) {
      var ignored =
          pipeline.apply(
              "Register view",
              RegisterView.of(view, who, options.getKeyspace(), Connections.from(options)));
    }
  }
}
