"""What the tests of loading share: files as text, and a load from start to end."""

from collections.abc import Iterable, Sequence
from typing import Any

from klustermotor.core.loaders import no_progress
from klustermotor.register.models import Load
from klustermotor.register.services import loading


def staged(kind: str, content: str | bytes, name: str = "fil.csv", **options: Any) -> Load:
    """A file that has been looked at."""
    raw = content.encode() if isinstance(content, str) else content
    by = options.pop("by", None)
    load = loading.stage(loading.KINDS[kind], [raw], name, by=by, **options)
    loading.look(load, no_progress)
    return load


def applied(kind: str, content: str | bytes, name: str = "fil.csv", **options: Any) -> Load:
    """A file that has been applied."""
    load = staged(kind, content, name, **options)
    assert load.preview is not None
    assert not load.preview["faults"], load.preview["faults"]
    loading.apply(load, no_progress)
    return load


def undone(load: Load) -> Load:
    loading.undo(load, no_progress, by=None)
    return load


def counts(load: Load) -> dict[str, int]:
    """The counts of a preview that are not nought."""
    assert load.preview is not None
    return {name: count for name, count in load.preview["counts"].items() if count}


def csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([";".join(heading), *(";".join(row) for row in rows)]) + "\n"


def said(load: Load) -> dict[int, list[str]]:
    """Row → the kinds of what is said of it."""
    return {row.row: [one["kind"] for one in row.said] for row in load.rows.all() if row.said}
