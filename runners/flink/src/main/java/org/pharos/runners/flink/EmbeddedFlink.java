package org.pharos.runners.flink;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;

/**
 * Flink inside this JVM, kept from job to job: Flink's local environment starts a cluster for each
 * job and loads its RPC system anew, more than a second of work. A job has a cluster to itself
 * while it runs, so jobs beside each other do not wait for each other's slots; clusters end with
 * the JVM, jobs with the thread that waits for them.
 */
final class EmbeddedFlink implements PipelineExecutor {
  private final List<Member> idle = new ArrayList<>();

  /** A cluster and the tasks that it can run beside each other. */
  private record Member(MiniCluster cluster, int slots) {}

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader userClasses) throws Exception {
    JobGraph graph = PipelineExecutorUtils.getJobGraph(pipeline, configuration, userClasses);
    Member member = take(graph.getMaximumParallelism(), configuration);
    CompletableFuture<JobClient> client =
        member
            .cluster()
            .submitJob(graph)
            .thenApplyAsync(submitted -> client(member.cluster(), graph.getJobID(), userClasses));
    var unused =
        client
            .thenCompose(JobClient::getJobExecutionResult)
            .whenComplete((result, failure) -> give(member));
    return client;
  }

  private static JobClient client(MiniCluster cluster, JobID job, ClassLoader userClasses) {
    try {
      ClientUtils.waitUntilJobInitializationFinished(
          () -> cluster.getJobStatus(job).get(),
          () -> cluster.requestJobResult(job).get(),
          userClasses);
    } catch (Exception e) {
      throw new IllegalStateException("Flink did not take up the job", e);
    }
    return new EmbeddedJob(
        new MiniClusterJobClient(job, cluster, userClasses, JobFinalizationBehavior.NOTHING));
  }

  private Member take(int slots, Configuration configuration) throws Exception {
    synchronized (idle) {
      for (Iterator<Member> each = idle.iterator(); each.hasNext(); ) {
        Member member = each.next();
        if (member.slots() >= slots) {
          each.remove();
          return member;
        }
      }
    }
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(new Configuration(configuration))
                .withRandomPorts()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    cluster.start();
    return new Member(cluster, slots);
  }

  private void give(Member member) {
    synchronized (idle) {
      idle.add(member);
    }
  }
}
