"""Long work of the register."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core.jobs import JobRun, job_kind
from klustermotor.register.services.duplicates import scan


@job_kind("register.duplicates", label=gettext_lazy("Search for duplicates"))
def search_for_duplicates(run: JobRun) -> dict[str, Any]:
    """Look through the register for organisations that are in it twice."""
    words = {
        "names": _("Reading names"),
        "candidates": _("Looking for pairs that are alike"),
        "evidence": _("Weighing what speaks for and against"),
        "": "",
    }
    found = scan(lambda done, step: run.progress(95 * done, words[step]))
    return {"waiting": found}
