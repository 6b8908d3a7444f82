"""The long work: an extract, the search for mentions, an erasure, a disposal."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core.jobs import JobError, JobRun, job_kind
from klustermotor.core.privacy.controllers import NoControllerError
from klustermotor.core.privacy.erasure import ErasureRefusedError, erase
from klustermotor.core.privacy.extract import extract_of, write_extract
from klustermotor.core.privacy.planning import mentions_of
from klustermotor.core.privacy.retention import NotDecidedError, apply_rule, retention_kind
from klustermotor.core.privacy.shredders import Subject

EXTRACT, SEARCH, ERASE, RETAIN = (
    "privacy.extract",
    "privacy.search",
    "privacy.erase",
    "privacy.retain",
)


def _subject(run: JobRun) -> Subject:
    return Subject.named(run.arguments["model"], run.arguments["key"])


@job_kind(EXTRACT, label=gettext_lazy("Register extract"))
def extract(run: JobRun) -> dict[str, Any]:
    """Write somebody's extract."""
    try:
        found = extract_of(_subject(run), run.progress)
    except LookupError as error:
        raise JobError(_("This person is no longer in the register.")) from error
    run.progress(90, _("writing the files"))
    write_extract(found, run.folder / "extract.zip", run.language)
    return {
        "rows": sum(len(part.rows) for part in found.parts),
        "mentions": len(found.mentions),
        "withheld": sum(sum(part.withheld.values()) for part in found.parts)
        + sum(found.withheld_mentions.values()),
    }


@job_kind(SEARCH, label=gettext_lazy("Search for mentions before an erasure"))
def search(run: JobRun) -> dict[str, Any]:
    """Find where somebody is named; the result holds places, never words."""
    mentions, files = mentions_of(_subject(run), run.progress)
    return {
        "mentions": [asdict(one) for one in mentions],
        "files": [asdict(one) for one in files],
    }


@job_kind(ERASE, label=gettext_lazy("Erasure"))
def erasure(run: JobRun) -> dict[str, Any]:
    """Erase somebody."""
    try:
        log = erase(
            _subject(run),
            by=run.owner,
            left=run.arguments.get("left", []),
            also=run.arguments.get("also", []),
        )
    except NoControllerError as error:
        raise JobError(_("Name the controller first: it decides what law keeps.")) from error
    except ErasureRefusedError as error:
        raise JobError(str(error)) from error
    return {"erasure": str(log.pk), "erased": log.erased, "kept": log.kept}


@job_kind(RETAIN, label=gettext_lazy("Disposal"))
def retain(run: JobRun) -> dict[str, Any]:
    """Apply one retention rule."""
    kind = retention_kind(run.arguments["kind"])
    try:
        gone = apply_rule(
            kind,
            by=run.owner,
            progress=lambda done, total: run.progress(100 * done / max(total, 1), str(kind.label)),
        )
    except NotDecidedError as error:
        raise JobError(
            _("Name the disposal decision first: number, day and who decided.")
        ) from error
    except NoControllerError as error:
        raise JobError(_("Name the controller first: it decides what law keeps.")) from error
    return {"rows": gone}
