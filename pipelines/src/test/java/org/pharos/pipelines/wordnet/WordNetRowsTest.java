package org.pharos.pipelines.wordnet;
import static org.assertj.core.api.Assertions.assertThat;
import org.junit.jupiter.api.Test;
import org.pharos.local.MavenArtifacts;
import org.pharos.pipelines.archive.*;
import org.pharos.pipelines.tables.*;
import org.pharos.schemas.*;
import org.pharos.schemas.graph.*;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.schemas.Schema;
class WordNetRowsTest {
  @Test void x() throws Exception {
    String jar = MavenArtifacts.file(WordNet.ARTIFACT).toString();
    var shape = RecordSchema.of(Adjacency.class);
    RowDigest[] sum={RowDigest.EMPTY};
    var out = new java.io.PrintWriter("/tmp/Q/edges.txt");
    for (String f : WordNet.DATA) ArchiveLines.whole(jar,f).forEach(l -> new SynsetEdges().parse(l, e -> { for (Direction d: Direction.values()) {
      Row r = shape.toRow(Adjacency.of(e,d));
      String t = CanonicalRow.of(Row.withSchema(Schema.builder().addFields(r.getSchema().getFields()).addInt32Field("bucket").build()).addValues(r.getValues()).addValue(0).build());
      out.println(t); sum[0]=sum[0].plus(t);} }));
    out.close();
    System.out.println(sum[0].rows()+" "+sum[0].hex());
  }
}
