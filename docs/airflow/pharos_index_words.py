"""Indexes words every night on a Flink cluster, by the launcher.

The launcher's exit code says what to do: 0 done; 1 the cluster or the job failed, so try again,
which writes the same rows; 2 the arguments cannot be, so nobody needs to try again.

Airflow's worker needs this repository (or a copy with its built jars) and Java 17. Written for
Airflow 2.7 and later 2.x. It was compiled, not run in Airflow.
"""

from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.hooks.subprocess import SubprocessHook

PHAROS = "/opt/pharos/pharos"
BAD_ARGUMENTS = 2


@dag(
    schedule="0 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
)
def pharos_index_words():
    @task(retries=3, retry_delay=timedelta(minutes=10), execution_timeout=timedelta(hours=2))
    def index_words():
        launcher = SubprocessHook()
        try:
            ended = launcher.run_command(
                command=[
                    PHAROS,
                    "run",
                    "index-words",
                    "--flinkMaster=flink-jobmanager:8081",
                    "--parallelism=4",
                    "--contactPoints=cassandra-1:9042,cassandra-2:9042",
                    "--localDatacenter=dc1",
                    "--keyspace=pharos",
                    "--username=app",
                    # Resolved here, for the check before the job, and on the task managers.
                    "--passwordFrom=env:CASSANDRA_PASSWORD",
                ]
            )
        except BaseException:
            # A task that is killed ends its launcher too; the job itself goes on, until it is
            # cancelled on the cluster's web page.
            launcher.send_sigterm()
            raise
        if ended.exit_code == BAD_ARGUMENTS:
            raise AirflowFailException("the arguments cannot be; see above")
        if ended.exit_code != 0:
            raise AirflowException(f"exit code {ended.exit_code}; see above")

    index_words()


pharos_index_words()
