"""The owner's jobs: the list, one job with its progress, its files, cancelling it."""

from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from klustermotor.core.jobs import cancel, kind_named
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


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The user's latest jobs."""
    jobs = list(Job.objects.filter(owner=request.user)[:50])
    rows = [{"job": job, "kind": _kind_label(job)} for job in jobs]
    return render(request, "core/jobs/list.html", {"rows": rows})
