"""Long work of the register: looking at, applying and undoing a load."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core.jobs import JobError, JobRun, job_kind
from klustermotor.register.models import Load
from klustermotor.register.services import loading
from klustermotor.register.services.loading.running import RegisterHasChangedError

LOAD_JOB = "register.load"


@job_kind(LOAD_JOB, label=gettext_lazy("Register data from a file"))
def work(run: JobRun) -> dict[str, Any]:
    """Look at a file, apply it, or undo it. Begins from the start when it was broken off."""
    load = Load.objects.select_related("by", "source").filter(pk=run.arguments["load"]).first()
    if load is None:
        raise JobError(_("The file has been removed."))
    what = run.arguments["what"]
    done = {"apply": Load.State.APPLIED, "undo": Load.State.UNDONE}.get(what)
    if load.state == done:
        return {"load": str(load.pk)}
    try:
        if what == "look":
            loading.look(load, _progress(run, _("Row %(row)s")))
        elif what == "apply":
            with run.apart():
                loading.apply(load, _progress(run, _("Written: %(row)s")))
        else:
            with run.apart():
                loading.undo(load, _progress(run, _("Putting back")), by=run.owner)
    except (RegisterHasChangedError, ValidationError) as error:
        raise JobError(" ".join(error.messages)) from error
    return {"load": str(load.pk)}


def _progress(run: JobRun, words: str) -> Any:
    def progress(percent: float, message: str = "") -> None:
        run.progress(min(percent, 99), words % {"row": message} if message else "")

    return progress
