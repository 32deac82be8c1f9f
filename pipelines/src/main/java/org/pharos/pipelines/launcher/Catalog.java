package org.pharos.pipelines.launcher;

import java.util.List;
import java.util.stream.Collectors;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.events.AggregateEvents;
import org.pharos.pipelines.events.IngestEvents;
import org.pharos.pipelines.features.BuildCustomerFeatures;
import org.pharos.pipelines.features.BuildFeatures;
import org.pharos.pipelines.features.CheckFeatures;
import org.pharos.pipelines.features.EraseFeatures;
import org.pharos.pipelines.features.MakeTrainingSet;
import org.pharos.pipelines.features.StreamFeatures;
import org.pharos.pipelines.foodmart.LoadFoodMart;
import org.pharos.pipelines.tables.CopyTable;
import org.pharos.pipelines.tables.DigestTables;
import org.pharos.pipelines.tables.FindDifferences;
import org.pharos.pipelines.tables.FollowRows;
import org.pharos.pipelines.tables.LookUpKeys;
import org.pharos.pipelines.tables.ReconcileRows;
import org.pharos.pipelines.text.IndexWords;
import org.pharos.pipelines.wordnet.LoadWordNet;

/** Every pipeline that has a name: the table of contents of this room. */
public final class Catalog {
  private static final List<CatalogedPipeline<?>> PIPELINES =
      List.of(
          LoadFoodMart.cataloged(),
          LoadWordNet.cataloged(),
          BuildCustomerFeatures.cataloged(),
          BuildFeatures.cataloged(),
          CheckFeatures.cataloged(),
          MakeTrainingSet.cataloged(),
          EraseFeatures.cataloged(),
          IndexWords.cataloged(),
          DigestTables.cataloged(),
          LookUpKeys.cataloged(),
          CopyTable.cataloged(),
          FindDifferences.cataloged(),
          IngestEvents.cataloged(),
          AggregateEvents.cataloged(),
          StreamFeatures.cataloged(),
          FollowRows.cataloged(),
          ReconcileRows.cataloged());

  private Catalog() {}

  /** All of them, in the order that they are listed in. */
  public static List<CatalogedPipeline<?>> pipelines() {
    return PIPELINES;
  }

  /**
   * The pipeline of a name.
   *
   * @throws BadOption if there is none, naming those there are
   */
  public static CatalogedPipeline<?> named(String name) {
    return PIPELINES.stream()
        .filter(pipeline -> pipeline.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadOption(
                    "there is no pipeline \""
                        + name
                        + "\"; there are "
                        + PIPELINES.stream()
                            .map(CatalogedPipeline::name)
                            .collect(Collectors.joining(", "))));
  }
}
