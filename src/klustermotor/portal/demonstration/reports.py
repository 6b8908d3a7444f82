"""Build every report of the demonstration region and lay copies under ``reports/``."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from klustermotor.core.models import Job, User
from klustermotor.evaluation.models import Report
from klustermotor.evaluation.services import FORMATS, order_report, release_report
from klustermotor.initiatives.models import Initiative
from klustermotor.portal.demonstration.region import LANGUAGES, Region
from klustermotor.surveys.models import Wave

Progress = Callable[[str, float], None]
"""Told what is being done, and how much of all is done, 0-1."""
WORKERS = 2
LOOK_EVERY = 0.3  # seconds between two looks at the jobs
STOP_WITHIN = 20


class ReportError(Exception):
    """A report of the demonstration could not be built; the message says which and why."""


def order_reports(region: Region, by: User) -> list[Report]:
    """A report of each surveyed initiative and of the round, in every language and format.

    What stands already with the same answers and texts is that same report, already built.
    """
    surveyed = Wave.objects.filter(name=region.period).values("initiative")
    # The round first: it takes longest.
    subjects: list[Initiative | None] = [None, *Initiative.objects.filter(pk__in=surveyed)]
    with translation.override(by.language), transaction.atomic():
        return [
            order_report(subject, region.period, languages=LANGUAGES, formats=FORMATS, by=by)
            for subject in subjects
        ]


def build_reports(region: Region, by: User, progress: Progress) -> list[Path]:
    """Order, build and release every report, and return the copies of their files.

    Released, so that the funder of the demonstration can read them. Raises ReportError.
    """
    reports = order_reports(region, by)
    _build([report.job for report in reports], progress)
    written = []
    for report in Report.objects.filter(pk__in=[r.pk for r in reports]).select_related("job"):
        if report.released_at is None:
            release_report(report, by=by)
        written += _copy(report)
    return written


def _build(jobs: Sequence[Job], progress: Progress) -> None:
    """Let workers of their own do the jobs. Raises ReportError when one does not end well."""
    waiting = Job.objects.filter(pk__in=[job.pk for job in jobs])
    if waiting.exclude(state=Job.State.DONE).exists():
        connection.close()
        with _workers() as workers:
            while any(worker.poll() is None for worker in workers):
                rows = list(waiting.values_list("title", "progress", "state"))
                running = [title for title, _done, state in rows if state == Job.State.RUNNING]
                done = sum(100 if state == Job.State.DONE else p for _title, p, state in rows)
                progress(", ".join(running), done / (100 * len(rows)))
                time.sleep(LOOK_EVERY)
    for job in waiting.exclude(state=Job.State.DONE):
        reason = job.error or "the worker has written the reason above"
        raise ReportError(f"{job.title} was not built ({job.state}): {reason}")
    progress("", 1.0)


@contextmanager
def _workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that end when nothing waits any more, and at the latest with this block."""
    command = [sys.executable, "-m", "klustermotor", "worker", "--once"]
    quiet = {**os.environ, "LOG_LEVEL": "WARNING", "KLUSTERMOTOR_HOME": str(settings.HOME)}
    count = min(WORKERS, os.cpu_count() or 1)
    workers = [subprocess.Popen(command, env=quiet) for _ in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            try:
                worker.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()


def _copy(report: Report) -> list[Path]:
    """Copies of the report's files under ``reports/``, each whole or not there."""
    source = settings.HOME / "jobs" / report.job.folder
    target = settings.HOME / "reports"
    target.mkdir(parents=True, exist_ok=True)
    copies = []
    for path in sorted(source.iterdir()):
        draft = target / f".{path.name}.part"
        shutil.copyfile(path, draft)
        copies.append(draft.rename(target / path.name))
    return copies
