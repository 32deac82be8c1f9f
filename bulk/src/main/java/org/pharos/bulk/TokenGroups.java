package org.pharos.bulk;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Which group each token is in: the tokens of a group have the same replicas. */
final class TokenGroups {
  private final long[] lasts;
  private final int[] groups;

  private TokenGroups(long[] lasts, int[] groups) {
    this.lasts = lasts;
    this.groups = groups;
  }

  private record Span(long last, int group) {}

  static TokenGroups read(Requests in) throws IOException {
    List<Span> spans = in.list(() -> new Span(in.token(), in.integer()));
    return new TokenGroups(
        spans.stream().mapToLong(Span::last).toArray(),
        spans.stream().mapToInt(Span::group).toArray());
  }

  int count() {
    return Arrays.stream(groups).max().orElse(0) + 1;
  }

  int of(long token) {
    int found = Arrays.binarySearch(lasts, token);
    int span = found >= 0 ? found : -found - 1;
    if (span == lasts.length) {
      throw new IllegalArgumentException("token " + token + " is after the last of the groups");
    }
    return groups[span];
  }
}
