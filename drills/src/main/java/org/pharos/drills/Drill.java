package org.pharos.drills;

import java.util.List;

/** Something that goes wrong while jobs run, and what must hold nevertheless. */
interface Drill {

  /** What it is called on the command line. */
  String name();

  /** What goes wrong, in a line. */
  String summary();

  /** Lets it happen; one finding for each job. */
  List<Finding> run(Ground ground);
}
