package org.pharos.schemas;

import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A storage-attached index (SAI) on one column. Names are unique in a keyspace.
 *
 * @param target what of a collection is indexed; {@link Target#VALUES} for every other column
 * @param options the index's own options, by their CQL names
 */
public record Index(String name, String column, Target target, SortedMap<String, String> options)
    implements Serializable {

  /** What of the column is indexed. */
  public enum Target {
    VALUES,
    KEYS,
    ENTRIES,
    FULL
  }

  /** How an index on a vector compares two of them. */
  public enum Similarity {
    COSINE,
    DOT_PRODUCT,
    EUCLIDEAN
  }

  public Index {
    if (name.isEmpty() || column.isEmpty()) {
      throw new IllegalArgumentException("an index needs a name and a column");
    }
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** An index on a column: on the values, if it is a collection. */
  public static Index of(String name, String column) {
    return new Index(name, column, Target.VALUES, new TreeMap<>());
  }

  /** On the keys of a map. Default: the values. */
  public Index onKeys() {
    return new Index(name, column, Target.KEYS, options);
  }

  /** On the entries of a map. Default: the values. */
  public Index onEntries() {
    return new Index(name, column, Target.ENTRIES, options);
  }

  /** On a frozen collection as a whole. Default: the values. */
  public Index onFull() {
    return new Index(name, column, Target.FULL, options);
  }

  /** How vectors are compared. Default: the server's, which is cosine. */
  public Index withSimilarity(Similarity similarity) {
    return withOption("similarity_function", similarity.name().toLowerCase(Locale.ROOT));
  }

  /** Whether text matches only in its own case. Default: the server's, which is true. */
  public Index withCaseSensitive(boolean caseSensitive) {
    return withOption("case_sensitive", Boolean.toString(caseSensitive));
  }

  /** Any other option of the index, by its CQL name. */
  public Index withOption(String option, String value) {
    SortedMap<String, String> changed = new TreeMap<>(options);
    changed.put(option, value);
    return new Index(name, column, target, changed);
  }

  String createStatement(Table table) {
    String indexed = Cql.identifier(column);
    if (target != Target.VALUES || isCollection(table.column(column).type())) {
      indexed = target.name().toLowerCase(Locale.ROOT) + '(' + indexed + ')';
    }
    return "CREATE INDEX IF NOT EXISTS "
        + Cql.identifier(name)
        + " ON "
        + table.qualifiedName()
        + " ("
        + indexed
        + ") USING 'sai'"
        + (options.isEmpty() ? "" : " WITH OPTIONS = " + map(options));
  }

  static String map(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> Cql.literal(entry.getKey()) + ": " + Cql.literal(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static boolean isCollection(CqlType type) {
    return type instanceof CqlType.ListOf
        || type instanceof CqlType.SetOf
        || type instanceof CqlType.MapOf;
  }
}
