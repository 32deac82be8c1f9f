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
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/**
 * What a training set is made of and what is in it: for people and programs, as JSON.
 *
 * @param views what is told of each
 * @param model whose steps were applied; null for none
 */
record Manifest(String keyspace, String spine, String time, List<Made> views, @Nullable Model model)
    implements Serializable {
  static final String FILE = "manifest.json";

  /** A view, and the rules it was made by. */
  record Made(String view, int version, String timeToLive, String knownAfter, String definition)
      implements Serializable {}

  /** Steps, and where what they learned is kept. */
  record Model(String name, int version, List<String> steps) implements Serializable {}

  static Manifest of(String keyspace, String spine, String time) {
    return new Manifest(keyspace, spine, time, List.of(), null);
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
    return new Manifest(keyspace, spine, time, views, model);
  }

  Manifest with(ModelFile made) {
    return new Manifest(
        keyspace, spine, time, views, new Model(made.name(), made.version(), made.steps()));
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
    if (model != null) {
      ObjectNode told = root.putObject("model");
      told.put("model", model.name()).put("version", model.version());
      told.put("table", model.name() + "_fitted");
      model.steps().forEach(told.putArray("steps")::add);
    }
    split.tell(root.putObject("split"));
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
