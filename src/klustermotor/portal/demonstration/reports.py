"""Build every report of the demonstration region and lay copies under ``reports/``."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import translation

from klustermotor.core.jobs import run_job
from klustermotor.core.models import Job, User
from klustermotor.evaluation.models import Report
from klustermotor.evaluation.services import FORMATS, order_report, release_report
from klustermotor.initiatives.models import Initiative
from klustermotor.portal.demonstration.region import LANGUAGES, Region
from klustermotor.surveys.models import Wave

Progress = Callable[[str, float], None]
"""Told the report's title and how much of all reports is done, 0-1."""
LOOK_EVERY = 0.3  # seconds between two looks at a job's progress


class ReportError(Exception):
    """A report of the demonstration could not be built; the message says which and why."""


def build_reports(region: Region, by: User, progress: Progress) -> list[Path]:
    """The report of each surveyed initiative and of the round, in every language and format.

    A report that stands already, with the same answers and texts, is not built again. Each is
    released, so that the funder of the demonstration can read it. Returns the files.
    """
    surveyed = Wave.objects.filter(name=region.period).values("initiative")
    subjects: list[Initiative | None] = [*Initiative.objects.filter(pk__in=surveyed), None]
    written = []
    for place, initiative in enumerate(subjects):
        with translation.override(by.language):
            report = order_report(
                initiative, region.period, languages=LANGUAGES, formats=FORMATS, by=by
            )
        title = report.job.title

        def share_done(of_job: float, place: int = place, title: str = title) -> None:
            progress(title, (place + of_job) / len(subjects))

        _build(report.job, share_done)
        if report.released_at is None:
            release_report(report, by=by)
        written += _copy(Report.objects.select_related("job").get(pk=report.pk))
    progress("", 1.0)
    return written


def _build(job: Job, progress: Callable[[float], None]) -> None:
    """Do the job in this process. Raises ReportError when it does not end well."""
    with _watched(job, progress):
        run_job(job.pk)
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        reason = job.error or "see the log above"
        raise ReportError(f"{job.title}: {job.state}: {reason}")


@contextmanager
def _watched(job: Job, progress: Callable[[float], None]) -> Iterator[None]:
    """Tell of the job's progress from a thread of its own while it is being done."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK_EVERY):
            progress(Job.objects.values_list("progress", flat=True).get(pk=job.pk) / 100)
        connection.close()

    progress(0.0)
    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


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
