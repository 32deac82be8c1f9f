package org.pharos.local;

import java.nio.file.Path;

/** All that the processes of a Flink cluster need to know before they start. */
record FlinkSettings(
    String version,
    int restPort,
    int rpcPort,
    int taskManagers,
    int slots,
    int jobManagerMegabytes,
    int taskManagerMegabytes,
    boolean shortLived,
    boolean temporary,
    Path directory) {
  static final String JOB_MANAGER = "jobmanager";

  private static final String ADDRESS = "127.0.0.1";

  String address() {
    return ADDRESS;
  }

  String taskManager(int number) {
    return "taskmanager" + number;
  }

  /** Where a process works. */
  Path home(String process) {
    return directory.resolve(process);
  }

  Path configuration(String process) {
    return home(process).resolve("conf");
  }

  Path log(String process) {
    return home(process).resolve("logs").resolve(process + ".log");
  }

  /** In a home, which goes when a temporary cluster's parent is killed. */
  Path checkpoints() {
    return home(JOB_MANAGER).resolve("checkpoints");
  }

  Path savepoints() {
    return home(JOB_MANAGER).resolve("savepoints");
  }
}
