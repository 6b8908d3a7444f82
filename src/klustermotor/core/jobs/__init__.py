"""Long work: declare a kind, enqueue a job, and a worker does it.

jobs_in("klustermotor.evaluation.jobs")  # in AppConfig.ready

@job_kind("evaluation.report", label=_("Report"))
def build(run: JobRun) -> dict:
    for step, wave in enumerate(waves):
        run.progress(100 * step // len(waves), str(wave))
        (run.folder / "report.pdf").write_bytes(…)
    return {"pages": 40}

job = enqueue("evaluation.report", {"initiative": 3}, owner=request.user, title="…")
"""

from klustermotor.core.jobs.execution import run_job
from klustermotor.core.jobs.kinds import JobError, JobKind, job_kind, jobs_in, kind_named
from klustermotor.core.jobs.queue import as_it_stands, cancel, enqueue, tidied_by
from klustermotor.core.jobs.run import JobRun

__all__ = [
    "JobError",
    "JobKind",
    "JobRun",
    "as_it_stands",
    "cancel",
    "enqueue",
    "job_kind",
    "jobs_in",
    "kind_named",
    "run_job",
    "tidied_by",
]
