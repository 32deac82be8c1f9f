package org.pharos.benchmarks.harness;

import java.util.Locale;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Shape;

/** The programs that can be compared, each a module of its own with its own dependencies. */
enum PeerProgram {
  PHAROS("pharos.PharosPeer"),
  /** Pharos too, past the server's write path. */
  BULK("pharos.PharosPeer"),
  /** Pharos too, which brings the rows of partitions together by a shuffle. */
  GROUPED("pharos.PharosPeer"),
  DRIVER("driver.DriverPeer"),
  CASSANDRAIO("cassandraio.CassandraIoPeer"),
  DSBULK("dsbulk.DsbulkPeer"),
  SPARK("spark.SparkPeer");

  private final String mainClass;

  PeerProgram(String mainClass) {
    this.mainClass = "org.pharos.benchmarks.peers." + mainClass;
  }

  String mainClass() {
    return mainClass;
  }

  /** Where the module is, below the project's root. */
  String module() {
    return "benchmarks/peers/" + (isPharos() ? PHAROS : this);
  }

  /** Whether the runner makes a difference. */
  boolean onBeam() {
    return isPharos() || this == CASSANDRAIO;
  }

  private boolean isPharos() {
    return this == PHAROS || this == BULK || this == GROUPED;
  }

  /** Whether it has an answer to this job on tables of this shape. */
  boolean can(Job job, Shape shape) {
    if (job == Job.FEATURES || job == Job.JOIN) {
      return shape == Shape.NARROW && (this == PHAROS || this == SPARK);
    }
    if (job.serves()) {
      return shape == Shape.NARROW && (this == PHAROS || this == DRIVER);
    }
    return switch (this) {
      case PHAROS, DRIVER -> true;
      case BULK, GROUPED -> job == Job.WRITE;
      // Driver 3 does not see a table with vectors.
      case CASSANDRAIO -> shape != Shape.VECTOR && shape != Shape.WIDE;
      case DSBULK -> (job == Job.WRITE || job == Job.SCAN) && shape == Shape.NARROW;
      case SPARK -> shape == Shape.NARROW;
    };
  }

  /** How many of the wanted keys it looks up: fewer where that would take all day. */
  long keys(long wanted) {
    return this == CASSANDRAIO ? Math.min(wanted, 5_000) : wanted;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
