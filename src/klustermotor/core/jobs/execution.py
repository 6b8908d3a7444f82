"""One attempt at a job: claim it, keep the lease, do the work, publish the files."""

import logging
import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from klustermotor.core.jobs.kinds import JobError, kind_named
from klustermotor.core.jobs.queue import hand_over
from klustermotor.core.jobs.run import (
    CancelledError,
    InterruptedWorkError,
    JobRun,
    LostLeaseError,
)
from klustermotor.core.models import Job

logger = logging.getLogger("klustermotor.jobs")


def run_job(job_id: str | uuid.UUID) -> None:
    """Do a waiting job in this process; nothing happens when another worker has it."""
    worker = uuid.uuid4().hex
    job = _claim(job_id, worker)
    if job is None:
        return
    draft = settings.HOME / "jobs" / str(job.pk) / f"{job.attempts}.part"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    run = JobRun(job, worker, draft)
    logger.info("job started", extra={"job": job.pk, "kind": job.kind})
    try:
        with _heartbeat(run), translation.override(job.language):
            result = kind_named(job.kind).work(run) or {}
            run.progress(100)
        _publish(run, job, result)
    except LostLeaseError:
        logger.warning("job lost to another worker", extra={"job": job.pk, "kind": job.kind})
    except InterruptedWorkError:
        _give_back(run, job)
    except CancelledError:
        run.close(Job.State.CANCELLED, finished=timezone.now())
    except Exception as error:
        logger.exception("job failed", extra={"job": job.pk, "kind": job.kind})
        text = str(error) if isinstance(error, JobError) else ""
        run.close(Job.State.FAILED, error=text, finished=timezone.now())
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _claim(job_id: str | uuid.UUID, worker: str) -> Job | None:
    now = timezone.now()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING,
        worker=worker,
        lease_until=now + timedelta(seconds=settings.JOB_LEASE_SECONDS),
        attempts=F("attempts") + 1,
        started=now,
        progress=0,
        message="",
    )
    return Job.objects.select_related("owner").get(pk=job_id) if taken else None


@contextmanager
def _heartbeat(run: JobRun) -> Iterator[None]:
    """Renew the lease from a thread of its own, so that a long step does not lose the job."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                if not run.renew(settings.JOB_LEASE_SECONDS):
                    break
            except DatabaseError:
                logger.warning("lease not renewed", extra={"job": run.job_id})
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _publish(run: JobRun, job: Job, result: dict[str, object]) -> None:
    """Make the files of this attempt the job's files, by one rename and one row."""
    home = run.folder.parent
    name = ""
    if any(run.folder.iterdir()):
        name = f"{job.pk}/{job.attempts}"
        final = settings.HOME / "jobs" / name
        shutil.rmtree(final, ignore_errors=True)
        _sync(run.folder)
        run.folder.rename(final)
    ours = run.close(
        Job.State.DONE,
        progress=100,
        message="",
        error="",
        folder=name,
        result=result,
        finished=timezone.now(),
    )
    if not ours:
        raise LostLeaseError
    for sibling in home.iterdir():
        if sibling.name != str(job.attempts):
            shutil.rmtree(sibling, ignore_errors=True)
    logger.info("job done", extra={"job": job.pk, "kind": job.kind})


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _give_back(run: JobRun, job: Job) -> None:
    with transaction.atomic():
        if run.close(Job.State.QUEUED, attempts=F("attempts") - 1):
            hand_over(job)
    logger.info("job given back", extra={"job": job.pk, "kind": job.kind})
