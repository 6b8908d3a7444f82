"""Long work on loads, ordered from a page: looked at now when small, else by the worker."""

from django.utils.translation import gettext as _

from klustermotor.core.jobs import cancel, enqueue
from klustermotor.core.loaders import no_progress
from klustermotor.core.models import User
from klustermotor.register.models import Load
from klustermotor.register.services.loading.running import look, path_of

SMALL = 500_000
"""Bytes up to which a file is read while the browser waits: a few thousand rows."""


def order_look(load: Load, *, by: User) -> Load:
    """Fill the preview: now, or by the worker when the file is large."""
    if path_of(load).exists() and path_of(load).stat().st_size > SMALL:
        return _order(load, "look", by)
    look(load, no_progress)
    return load


def order_apply(load: Load, *, by: User) -> Load:
    """Let the worker write what was shown."""
    return _order(load, "apply", by)


def order_undo(load: Load, *, by: User) -> Load:
    """Let the worker put everything back."""
    return _order(load, "undo", by)


def stop(load: Load) -> None:
    """Ask the worker to end; nothing of what it was doing is kept."""
    if load.job is not None and not load.job.is_over:
        cancel(load.job)


def _order(load: Load, what: str, by: User) -> Load:
    from klustermotor.register.load_jobs import LOAD_JOB

    titles = {
        "look": _("Reading %(file)s"),
        "apply": _("Loading %(file)s"),
        "undo": _("Undoing %(file)s"),
    }
    load.job = enqueue(
        LOAD_JOB,
        {"load": str(load.pk), "what": what},
        owner=by,
        title=titles[what] % {"file": load.file_name},
    )
    load.save(update_fields=["job"])
    return load
