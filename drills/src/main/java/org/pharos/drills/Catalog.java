package org.pharos.drills;

import java.util.List;
import java.util.stream.Collectors;
import org.pharos.pipelines.BadOption;

/** Every drill there is, those on the same cluster side by side. */
final class Catalog {
  static final List<Drill> DRILLS =
      List.of(
          new KillNode(),
          new PauseNode(),
          new KillClient(),
          new ChangeSchema(),
          new BadNetwork(),
          new BadRows(),
          new UnevenPartitions(),
          new OverloadNode(),
          new Stream(),
          new RefusedConnections());

  private Catalog() {}

  /**
   * The drill of a name.
   *
   * @throws BadOption if there is none, naming those there are
   */
  static Drill named(String name) {
    return DRILLS.stream()
        .filter(drill -> drill.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadOption(
                    "there is no drill \""
                        + name
                        + "\"; there are all, "
                        + DRILLS.stream().map(Drill::name).collect(Collectors.joining(", "))));
  }
}
