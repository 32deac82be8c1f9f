package org.pharos.pipelines.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.pharos.schemas.features.FeatureView;

/**
 * What a training set is made of and what is in it: for people and programs, as JSON.
 *
 * @param views what is told of each
 */
record Manifest(String keyspace, String spine, String time, List<Made> views)
    implements Serializable {
  static final String FILE = "manifest.json";

  /** A view, and the rules it was made by. */
  record Made(String view, int version, String timeToLive, String knownAfter, String definition)
      implements Serializable {}

  static Manifest of(String keyspace, String spine, String time) {
    return new Manifest(keyspace, spine, time, List.of());
  }

  Manifest with(List<ViewDefinition> definitions, List<FeatureView> made) {
    List<Made> views = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      FeatureView view = made.get(i);
      views.add(
          new Made(
              view.name(),
              view.version(),
              view.timeToLive().map(Object::toString).orElse("none"),
              definitions.get(i).knownAfter().toString(),
              definitions.get(i).file()));
    }
    return new Manifest(keyspace, spine, time, views);
  }

  /**
   * The whole text.
   *
   * @param split how rows were parted
   * @param sets what each set came to, by name
   */
  String json(Schema rows, Split split, Map<String, SetTally> sets) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("keyspace", keyspace).put("spine", spine).put("time", time);
    ArrayNode made = root.putArray("views");
    for (Made view : views) {
      made.addObject()
          .put("view", view.view())
          .put("version", view.version())
          .put("timeToLive", view.timeToLive())
          .put("knownAfter", view.knownAfter())
          .put("definition", view.definition());
    }
    root.putObject("split")
        .put("by", String.join(", ", split.entity()))
        .put("trainPercent", split.train())
        .put("validationPercent", split.validation());
    ArrayNode columns = root.putArray("columns");
    for (Field field : rows.getFields()) {
      columns
          .addObject()
          .put("name", field.getName())
          .put("type", field.getType().withNullable(false).getTypeName().name())
          .put("nullable", field.getType().getNullable());
    }
    ObjectNode told = root.putObject("sets");
    for (String name : Split.SETS) {
      SetTally set = sets.getOrDefault(name, SetTally.empty(rows.getFieldCount()));
      ObjectNode one = told.putObject(name);
      one.put("rows", set.digest().rows()).put("digest", set.digest().hex());
      ObjectNode nulls = one.putObject("nulls");
      for (int i = 0; i < rows.getFieldCount(); i++) {
        nulls.put(rows.getField(i).getName(), set.nulls().get(i));
      }
    }
    return root.toPrettyString();
  }
}
