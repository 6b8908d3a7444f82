"""The owner's jobs: the list, one job with its progress, its files, cancelling it."""

from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from klustermotor.core.jobs import cancel, kind_named
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.models import Job


def _own_job(request: HttpRequest, job_id: UUID) -> Job:
    job = get_object_or_404(Job.objects.select_related("owner"), pk=job_id)
    if not request.user.has_perm("core.view_job", job):
        raise PermissionDenied
    return job


def _kind_label(job: Job) -> str:
    try:
        return str(kind_named(job.kind).label)
    except LookupError:
        return job.kind


@login_required
def show(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job; htmx asks for its moving part alone."""
    job = _own_job(request, job_id)
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


@login_required
@require_POST
def stop(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Cancel a job that waits or runs."""
    job = _own_job(request, job_id)
    cancel(job)
    return redirect("job", job_id=job.pk)


@login_required
def file(request: HttpRequest, job_id: UUID, name: str) -> FileResponse:
    """Download one of a finished job's files."""
    job = _own_job(request, job_id)
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


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The user's jobs, newest first."""
    jobs = Job.objects.filter(owner=request.user)
    order = order_of(request, COLUMNS, default="-created")
    if file := exported(request, jobs, COLUMNS, order, "jobs"):
        return file
    page = list_page(request, jobs, COLUMNS, order)
    return render(request, "core/jobs/list.html", {"page": page})
