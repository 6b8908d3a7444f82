"""The register's kinds for the command ``load``: staged, looked at, applied in one go."""

from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from klustermotor.core.loaders import Loader, Request, Summary, register_loader
from klustermotor.formats.errors import InputError
from klustermotor.register.models import Load
from klustermotor.register.services.loading.entries import as_fault
from klustermotor.register.services.loading.kinds import KINDS, Kind
from klustermotor.register.services.loading.running import apply, choose, discard, look, stage

TOLD = 50
"""How many rows the command tells of one by one."""


def register_loaders() -> None:
    """Add the register's kinds; called when the register is ready."""
    for kind in KINDS.values():
        register_loader(
            Loader(kind.name, kind.label, _loading(kind), "register.load", kind.into, kind.order)
        )


def _loading(kind: Kind):
    def load(request: Request) -> Summary:
        with translation.override(request.language):
            return load_file(kind, request)

    return load


def load_file(kind: Kind, request: Request) -> Summary:
    """Load a file; dry, the register is left as it is and the load is forgotten."""
    load = stage(
        kind,
        _chunks(request.path),
        request.path.name,
        by=request.by,
        source=request.source,
        into=request.into,
        scope=request.complete,
        force=request.force,
    )
    try:
        if request.take_held:
            choose(load, None, ["all"])
        look(load, lambda percent, message="": request.progress(percent / 2, message))
        faults = [as_fault(one) for one in (load.preview or {})["faults"]]
        if faults:
            raise InputError(faults)
        summary = _summary(load, request.language)
        if not request.dry_run:
            apply(load, lambda percent, message="": request.progress(50 + percent / 2, message))
    finally:
        if load.state == Load.State.STAGED:
            discard(load)
    return summary


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk


def _summary(load: Load, language: str) -> Summary:
    preview = load.preview or {}
    said = [as_fault(one).text(language) for one in preview["notes"]]
    noted = load.rows.filter(has_notes=True)
    for row in noted.order_by("row")[:TOLD]:
        said += [as_fault(one).text(language) for one in row.said]
    held = load.rows.filter(fate="held").order_by("row")[:TOLD]
    said += [
        f"{load.file_name}, row {row.row}: {field} stays {stands!r}; the file has {told!r}"
        for row in held
        for field, stands, told in row.held
    ]
    total = preview["counts"]["refused"] + preview["with_notes"]
    return Summary(
        **preview["counts"], said=tuple(said), more=max(0, total - TOLD), load=str(load.pk)
    )
