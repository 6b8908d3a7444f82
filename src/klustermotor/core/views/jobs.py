"""The owner's jobs: the list, one job with its progress, its files, cancelling it."""

from pathlib import Path
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.jobs import as_it_stands, cancel, kind_named
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.models import Job


def job_of(job_id: UUID) -> Job:
    """The job with this number; Http404 when there is none."""
    return as_it_stands(get_object_or_404(Job.objects.select_related("owner"), pk=job_id))


def _kind_label(job: Job) -> str:
    try:
        return str(kind_named(job.kind).label)
    except LookupError:
        return job.kind


@requires("core.view_job", job_of)
def show(request: HttpRequest, job: Job) -> HttpResponse:
    """One job; htmx asks for its moving part alone."""
    files = [
        {"name": path.relative_to(job.path).as_posix(), "size": path.stat().st_size}
        for path in job.files()
    ]
    template = "core/jobs/state.html" if request.htmx else "core/jobs/job.html"
    response = render(request, template, {"job": job, "kind": _kind_label(job), "files": files})
    if request.htmx and job.is_over:
        # The page around the bar changes too (its buttons), so it is loaded anew once.
        response["HX-Refresh"] = "true"
    return response


@require_POST
@requires("core.view_job", job_of)
def stop(request: HttpRequest, job: Job) -> HttpResponse:
    """Cancel a job that waits or runs."""
    cancel(job)
    return redirect("job", job_id=job.pk)


@requires("core.view_job", job_of)
def file(request: HttpRequest, job: Job, name: str) -> FileResponse:
    """Download one of a finished job's files."""
    names = {path.relative_to(job.path).as_posix(): path for path in job.files()}
    path: Path | None = names.get(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


COLUMNS = [
    Column("title", _("Job"), str, sort="title", url=lambda job: reverse("job", args=[job.pk])),
    Column("kind", _("Kind"), _kind_label),
    Column("state", _("State"), lambda job: job.get_state_display()),
    Column("created", _("Started"), lambda job: job.created, sort="created"),
]


@requires("core.use")
def listing(request: HttpRequest) -> HttpResponse:
    """The user's jobs, newest first."""
    jobs = Job.objects.filter(owner=request.user)
    order = order_of(request, COLUMNS, default="-created")
    if file := exported(request, jobs, COLUMNS, order, "jobs"):
        return file
    page = list_page(request, jobs, COLUMNS, order)
    return render(request, "core/jobs/list.html", {"page": page})
