package org.pharos.pipelines.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pharos.local.MavenArtifacts;
import org.pharos.pipelines.foodmart.FoodMart;
import org.pharos.pipelines.tables.RowDigest;
import org.pharos.pipelines.wordnet.WordNet;

/** On the real artifacts: how much there is, so that a changed file or reading shows. */
class SourcesTest {
  @Test
  void counts_the_rows_of_the_retailer() {
    Map<String, RowDigest> digests = FoodMartSource.digests(MavenArtifacts.file(FoodMart.ARTIFACT));

    assertThat(digests.get("sales").rows()).isEqualTo(269_720);
    assertThat(digests.get("customers").rows()).isEqualTo(10_281);
    assertThat(digests.get("products").rows()).isEqualTo(1_560);
  }

  @Test
  void counts_the_synsets_and_both_ends_of_each_relation() {
    Map<String, RowDigest> digests = WordNetSource.digests(MavenArtifacts.file(WordNet.ARTIFACT));

    assertThat(digests.get("documents").rows()).isEqualTo(117_791);
    assertThat(digests.get("edges").rows()).isEqualTo(2 * 365_119);
    assertThat(digests.get("degrees").rows()).isEqualTo(116_787);
  }
}
