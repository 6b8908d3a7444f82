"""What a job's work sees of the job: its arguments, its folder, its progress."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from klustermotor.core.models import Job

# Set when the worker is told to stop; a running job then gives itself back to the queue.
stopping = threading.Event()

WRITE_EVERY = 0.3  # seconds between two writes of progress
APART_SECONDS = 3600  # how long a job is held while nobody can write to SQLite
PROGRESS, CANCEL = "progress.json", "cancel"


class CancelledError(Exception):
    """The owner asked for the end of the job."""


class InterruptedWorkError(Exception):
    """The worker is about to stop; the job goes back to the queue."""


class LostLeaseError(Exception):
    """Another worker has taken the job over; this one must not touch it any more."""


class JobRun:
    """One attempt at a job, in the hands of one worker."""

    def __init__(self, job: Job, worker: str, folder: Path) -> None:
        self.job_id = job.pk
        self.arguments: dict[str, Any] = job.arguments
        self.owner = job.owner
        self.language: str = job.language
        self.folder = folder
        self._row = Job.objects.filter(pk=job.pk, worker=worker, state=Job.State.RUNNING)
        self._written = 0.0
        self._apart = False

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Do what is one long transaction.

        What it wrote to the job's row would be seen only at its end, and on SQLite nobody else
        can write there meanwhile. So progress goes into a file beside the job's results, and the
        wish to cancel comes as one.
        """
        if connection.vendor == "sqlite":
            self.renew(APART_SECONDS)
        self._apart = True
        self._tell(0, "")
        try:
            yield
        finally:
            self._apart = False
            for name in (PROGRESS, CANCEL):
                (self.folder.parent / name).unlink(missing_ok=True)

    def _tell(self, percent: int, message: str) -> None:
        file = self.folder.parent / PROGRESS
        draft = file.with_suffix(".part")
        draft.write_text(json.dumps([percent, message[:300]]), "utf-8")
        draft.replace(file)

    def progress(self, percent: float, message: str = "") -> None:
        """Show how far the work has come, 0–100, and let a cancelled job end here."""
        if stopping.is_set():
            raise InterruptedWorkError
        now = time.monotonic()
        if now - self._written < WRITE_EVERY and percent < 100:
            return
        self._written = now
        percent = max(0, min(100, round(percent)))
        if self._apart:
            self._tell(percent, str(message))
            if (self.folder.parent / CANCEL).exists():
                raise CancelledError
            return
        if not self._row.update(progress=percent, message=str(message)[:300]):
            raise LostLeaseError
        if self._row.filter(cancel_requested=True).exists():
            raise CancelledError

    def renew(self, seconds: float) -> bool:
        """Hold the job for ``seconds`` more; false when it is no longer ours."""
        until = timezone.now() + timedelta(seconds=seconds)
        return bool(self._row.update(lease_until=until))

    def close(self, state: str, **fields: Any) -> bool:
        """Write the end of this attempt; false when the job is no longer ours."""
        return bool(self._row.update(state=state, worker="", lease_until=None, **fields))
