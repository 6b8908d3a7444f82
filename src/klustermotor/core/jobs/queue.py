"""Put jobs into the queue, take them out, and bring back what a dead worker left."""

import json
import logging
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from klustermotor.core.jobs.kinds import kind_named
from klustermotor.core.jobs.run import CANCEL, PROGRESS
from klustermotor.core.models import Job, User

logger = logging.getLogger("klustermotor.jobs")
ALIVE = (Job.State.QUEUED, Job.State.RUNNING, Job.State.DONE)
KEEP_TASKS = timedelta(days=7)
_tidied: list[str] = []


def tidied_by(function: str) -> None:
    """Name a function, as ``package.module.function``, that the worker calls once in a while.

    It is loaded when it is first called, and forgets what is no longer needed.
    """
    if function not in _tidied:
        _tidied.append(function)


def tidy() -> None:
    """Call what the rooms have named; one that fails keeps no other from its work."""
    for name in _tidied:
        try:
            import_string(name)()
        except Exception:
            logger.exception("tidying failed", extra={"kind": name})


def enqueue(kind: str, arguments: dict[str, Any], *, owner: User, title: str, key: str = "") -> Job:
    """Return a new waiting job, or the one that already stands for ``key``.

    A ``key`` names the request: as long as a job with it waits, runs or is done, asking again
    gives that job. The worker sees the job when the surrounding transaction commits.
    """
    kind_named(kind)
    if key and (known := Job.objects.filter(key=key, state__in=ALIVE).first()):
        return known
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                arguments=arguments,
                owner=owner,
                title=title[:300],
                key=key,
                language=translation.get_language() or settings.LANGUAGE_CODE,
            )
    except IntegrityError:
        return Job.objects.get(key=key, state__in=ALIVE)
    hand_over(job)
    return job


def hand_over(job: Job) -> None:
    """Give a waiting job to the workers, in the same transaction as the row."""
    from klustermotor.core.jobs.tasks import work_on

    result = work_on.enqueue(str(job.pk))
    Job.objects.filter(pk=job.pk).update(task_id=str(result.id))


def cancel(job: Job) -> None:
    """End a waiting job now, and ask a running one to end at its next step."""
    if (_home(job) / PROGRESS).exists():
        (_home(job) / CANCEL).touch()
        return
    ended = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, cancel_requested=True, finished=timezone.now()
    )
    if not ended:
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_requested=True)


def as_it_stands(job: Job) -> Job:
    """The job with the progress that its work tells of beside the database (`JobRun.apart`)."""
    if job.state == Job.State.RUNNING:
        try:
            told = json.loads((_home(job) / PROGRESS).read_text("utf-8"))
            job.progress, job.message = int(told[0]), str(told[1])
            job.cancel_requested = job.cancel_requested or (_home(job) / CANCEL).exists()
        except (OSError, ValueError, LookupError):
            pass  # it tells of itself in its row
    return job


def _home(job: Job) -> Path:
    return settings.HOME / "jobs" / str(job.pk)


def sweep() -> int:
    """Give jobs whose worker is gone back to the queue; return how many.

    A job that was tried as often as its kind allows fails instead. Also forgets old queue rows.
    """
    lost = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=timezone.now())
    count = sum(_bring_back(job) for job in lost)
    DBTaskResult.objects.filter(finished_at__lt=timezone.now() - KEEP_TASKS).delete()
    return count


def _bring_back(job: Job) -> bool:
    still_lost = Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, worker=job.worker, lease_until__lt=timezone.now()
    )
    with transaction.atomic():
        if job.cancel_requested:
            taken = still_lost.update(
                state=Job.State.CANCELLED, worker="", lease_until=None, finished=timezone.now()
            )
        elif job.attempts >= kind_named(job.kind).max_attempts:
            taken = still_lost.update(
                state=Job.State.FAILED,
                worker="",
                lease_until=None,
                finished=timezone.now(),
                error=f"The worker stopped {job.attempts} times in the middle of this job.",
            )
        else:
            taken = still_lost.update(state=Job.State.QUEUED, worker="", lease_until=None)
            if taken:
                hand_over(job)
        if taken and job.task_id:
            DBTaskResult.objects.filter(pk=job.task_id, finished_at=None).delete()
    if taken:
        logger.warning("worker lost", extra={"job": job.pk, "kind": job.kind})
    return bool(taken)


def forget(job: Job) -> None:
    """Delete a job that is over, with its files."""
    if job.is_over:
        shutil.rmtree(settings.HOME / "jobs" / str(job.pk), ignore_errors=True)
        job.delete()
