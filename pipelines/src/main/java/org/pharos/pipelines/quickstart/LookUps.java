package org.pharos.pipelines.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A few keys of each subject, and what is found under them. */
final class LookUps {
  /** Tables and keys: parts of partitions, whole rows, and one that is missing. */
  private static final List<Map.Entry<String, String>> KEYS =
      List.of(
          Map.entry("customers", "{\"customer_id\":6280}"),
          Map.entry("products", "{\"product_id\":337}"),
          Map.entry(
              "sales",
              "{\"store_id\":2,\"period\":\"1996-12-26T00:00:00.000Z\","
                  + "\"sold_at\":\"1997-01-05T00:00:00.000Z\"}"),
          Map.entry("customer_features", "{\"customer_id\":6280}"),
          Map.entry("documents", "{\"id\":\"n02086723\"}"),
          Map.entry("document_tokens", "{\"id\":\"n02086723\"}"),
          Map.entry("terms", "{\"term\":\"dog\"}"),
          Map.entry("terms", "{\"term\":\"no such word\"}"),
          Map.entry("edges", "{\"node\":\"n02086723\",\"direction\":\"IN\",\"bucket\":0}"),
          Map.entry("degrees", "{\"node\":\"n02086723\"}"));

  private LookUps() {}

  /** Writes the keys and gives the flags that say where they are and of which tables. */
  static List<String> flags(Path keys) {
    try {
      Files.write(keys, KEYS.stream().map(key -> key.getKey() + "\t" + key.getValue()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + keys, e);
    }
    return List.of(
        "--keys=" + keys,
        "--tables="
            + KEYS.stream()
                .map(Map.Entry::getKey)
                .distinct()
                .map(table -> table.equals("sales") ? "sales:3" : table)
                .collect(Collectors.joining(",")));
  }

  /** What the pipeline found, in the order of the keys. */
  static List<Outcome.LookedUp> read(Path rows) {
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    KEYS.forEach(key -> byKey.put(key.getKey() + "\t" + key.getValue(), new ArrayList<>()));
    try {
      for (String line : Files.readAllLines(rows)) {
        String[] cells = line.split("\t", 3);
        List<String> found = byKey.get(cells[0] + "\t" + cells[1]);
        if (found == null) {
          throw new IllegalStateException("nobody asked for " + line);
        }
        if (!cells[2].isEmpty()) {
          found.add(cells[2]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + rows, e);
    }
    List<Outcome.LookedUp> lookedUp = new ArrayList<>();
    for (Map.Entry<String, String> key : KEYS) {
      List<String> found = byKey.getOrDefault(key.getKey() + "\t" + key.getValue(), List.of());
      lookedUp.add(new Outcome.LookedUp(key.getKey(), key.getValue(), List.copyOf(found)));
    }
    return lookedUp;
  }
}
