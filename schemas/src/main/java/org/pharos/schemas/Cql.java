package org.pharos.schemas;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text as CQL writes it: identifiers, quoted where they must be, and literals. */
public final class Cql {
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");

  // Those of Cassandra 4.0 to 5.0 together: quoting a word that is free in one version is harmless.
  private static final Set<String> RESERVED =
      Set.of(
          ("add allow alter and apply asc authorize batch begin by columnfamily create default"
               + " delete desc describe drop entries execute from full grant if in index infinity"
               + " insert into is keyspace limit materialized mbean mbeans modify nan norecursive"
               + " not null of on or order primary rename replace revoke schema select set table to"
               + " token truncate unlogged unset update use using view where with")
              .split(" "));

  private Cql() {}

  /**
   * The identifier that means exactly this name: quoted when it has upper case or odd characters,
   * starts with no letter, or is a reserved word.
   */
  public static String identifier(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an identifier cannot be empty");
    }
    return PLAIN.matcher(name).matches() && !reserved(name)
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Whether CQL reserves this word, in any case. */
  public static boolean reserved(String word) {
    return RESERVED.contains(word.toLowerCase(Locale.ROOT));
  }

  /** A text literal. */
  public static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  /** {@code keyspace.name}, each quoted where it must be. */
  public static String qualified(String keyspace, String name) {
    return identifier(keyspace) + '.' + identifier(name);
  }
}
