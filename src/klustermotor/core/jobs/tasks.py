"""The one task that the queue knows: work on a job."""

from django_tasks import task

from klustermotor.core.jobs.execution import run_job


@task()
def work_on(job_id: str) -> None:
    """Do the job, unless another worker has it or it is over."""
    run_job(job_id)
