package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/** What a writer was told, apart from tables. Changed only by {@link #with}, on a copy. */
final class WriteSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The longest TTL that Cassandra takes: 20 years. */
  static final int LONGEST_TTL = 20 * 365 * 24 * 60 * 60;

  enum Verb {
    INSERT,
    UPDATE,
    DELETE
  }

  enum Condition {
    NONE,
    IF_NOT_EXISTS,
    IF_EXISTS,
    IF_MATCHES
  }

  Verb verb;
  Condition condition = Condition.NONE;
  Nulls nulls = Nulls.PARTIAL;
  Consistency consistency = Consistency.LOCAL_QUORUM;
  Consistency serialConsistency = Consistency.LOCAL_SERIAL;
  int maxInFlight = 512;
  int timeToLiveSeconds;

  /** Into how many ranges rows are grouped before they are written; 0 for not at all. */
  int tokenRanges;

  @Nullable CassandraConnection connection;
  @Nullable String timeToLiveField;
  @Nullable String timestampField;
  @Nullable EventTime eventTime;
  @Nullable BulkLoad bulk;
  DeleteScope scope = DeleteScope.ROW;
  ExecutionFactory execution = session -> session::executeAsync;

  /** What is done to columns that are not simply set. */
  final Map<String, Change> changes = new LinkedHashMap<>();

  /** Columns that must equal a field of the row, for {@link Condition#IF_MATCHES}. */
  final Map<String, String> matches = new LinkedHashMap<>();

  /** Fields that are written nowhere. */
  final Set<String> carried = new LinkedHashSet<>();

  WriteSettings(Verb verb) {
    this.verb = verb;
  }

  WriteSettings with(Consumer<WriteSettings> change) {
    WriteSettings copy = new WriteSettings(verb);
    copy.condition = condition;
    copy.nulls = nulls;
    copy.consistency = consistency;
    copy.serialConsistency = serialConsistency;
    copy.maxInFlight = maxInFlight;
    copy.timeToLiveSeconds = timeToLiveSeconds;
    copy.tokenRanges = tokenRanges;
    copy.connection = connection;
    copy.timeToLiveField = timeToLiveField;
    copy.timestampField = timestampField;
    copy.eventTime = eventTime;
    copy.bulk = bulk;
    copy.scope = scope;
    copy.execution = execution;
    copy.changes.putAll(changes);
    copy.matches.putAll(matches);
    copy.carried.addAll(carried);
    change.accept(copy);
    return copy;
  }

  static Consistency notSerial(Consistency consistency) {
    if (consistency.isSerial()) {
      throw new IllegalArgumentException(
          consistency + " is for conditions: say withSerialConsistency");
    }
    return consistency;
  }

  static Consistency serial(Consistency consistency) {
    if (!consistency.isSerial()) {
      throw new IllegalArgumentException(
          "conditions are checked at SERIAL or LOCAL_SERIAL, not at " + consistency);
    }
    return consistency;
  }

  static int positive(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("requests in flight are at least 1, not " + requests);
    }
    return requests;
  }

  /** What a person who looks at the job sees; nothing secret. */
  Map<String, String> display() {
    Map<String, String> items = new LinkedHashMap<>();
    items.put("verb", verb.toString());
    items.put("condition", condition.toString());
    items.put("nulls", nulls.toString());
    items.put("consistency", consistency.toString());
    if (connection != null) {
      items.put("connection", connection.toString());
    }
    if (tokenRanges > 0) {
      items.put("tokenRanges", String.valueOf(tokenRanges));
    }
    if (bulk != null) {
      items.put("bulk", bulk.toString());
    }
    return items;
  }

  CassandraConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("assembled without a connection");
    }
    return connection;
  }

  void requireConnection() {
    if (connection == null) {
      throw new IllegalArgumentException("no connection: say to(connection), or from(connection)");
    }
  }

  boolean conditional() {
    return condition != Condition.NONE;
  }

  boolean increments() {
    return changes.containsValue(Change.INCREMENT);
  }

  /** Whether statements carry the timestamp of each row; Cassandra refuses it for the others. */
  boolean bindsTimestamp(Table table) {
    return !conditional() && !table.hasCounters();
  }

  boolean bindsTimeToLive() {
    return verb != Verb.DELETE
        && (timeToLiveSeconds > 0
            || timeToLiveField != null
            || (eventTime != null && eventTime.hasExpiry()));
  }

  /** Fields that may stand in a row without being a column. */
  List<String> sideFields() {
    List<@Nullable String> fields = new ArrayList<>(matches.values());
    fields.add(timeToLiveField);
    fields.add(timestampField);
    if (eventTime != null) {
      fields.add(eventTime.field());
      fields.add(eventTime.sequenceField());
      fields.add(eventTime.expiryField());
    }
    fields.addAll(scope.fields());
    fields.addAll(carried);
    List<String> known = new ArrayList<>();
    for (String field : fields) {
      if (field != null) {
        known.add(field);
      }
    }
    return known;
  }

  /** What was asked for that does not go together. */
  List<String> contradictions() {
    List<String> problems = new ArrayList<>();
    boolean timed = timestampField != null || eventTime != null;
    if (conditional() && timed) {
      problems.add(
          "a conditional write has the server's timestamp: leave out the event time or the"
              + " timestamp field, or the condition");
    }
    if (increments() && timed) {
      problems.add("counters have no timestamp: leave out the event time or the timestamp field");
    }
    if (increments() && bindsTimeToLive()) {
      problems.add("counters do not expire: leave out the time to live");
    }
    if (increments() && conditional()) {
      problems.add("counters cannot be written on a condition");
    }
    if (bulk != null && conditional()) {
      problems.add("only a server can check a condition: leave it out, or inBulk(...)");
    }
    if (bulk != null && tokenRanges > 0) {
      problems.add("a bulk load groups rows by itself: leave out groupedByPartition(...)");
    }
    if (timestampField != null && eventTime != null) {
      problems.add("the timestamp comes either from a field or from the event time");
    }
    int timesToLive =
        (timeToLiveSeconds > 0 ? 1 : 0)
            + (timeToLiveField != null ? 1 : 0)
            + (eventTime != null && eventTime.hasExpiry() ? 1 : 0);
    if (timesToLive > 1) {
      problems.add("the time to live has more than one source");
    }
    if (condition == Condition.IF_NOT_EXISTS && verb == Verb.UPDATE) {
      problems.add("ifNotExists() inserts: leave out asUpdate() and changes of columns");
    }
    return problems;
  }
}
