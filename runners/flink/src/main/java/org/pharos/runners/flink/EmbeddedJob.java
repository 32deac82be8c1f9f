package org.pharos.runners.flink;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * A job that ends with those who wait for it: Flink's environments leave it running when the thread
 * that has started it is interrupted, which is all that can be done from outside.
 */
record EmbeddedJob(JobClient job) implements JobClient {
  @Override
  public JobID getJobID() {
    return job.getJobID();
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    return job.getJobStatus();
  }

  @Override
  public CompletableFuture<Void> cancel() {
    return job.cancel();
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean toTheEnd, String directory, SavepointFormatType format) {
    return job.stopWithSavepoint(toTheEnd, directory, format);
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(String directory, SavepointFormatType format) {
    return job.triggerSavepoint(directory, format);
  }

  @Override
  public CompletableFuture<Map<String, Object>> getAccumulators() {
    return job.getAccumulators();
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    Result result = new Result();
    var unused =
        job.getJobExecutionResult()
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    result.complete(done);
                  } else {
                    result.completeExceptionally(failure);
                  }
                });
    return result;
  }

  private final class Result extends CompletableFuture<JobExecutionResult> {
    @Override
    public JobExecutionResult get() throws InterruptedException, ExecutionException {
      try {
        return super.get();
      } catch (InterruptedException e) {
        var unused = job.cancel();
        throw e;
      }
    }
  }
}
