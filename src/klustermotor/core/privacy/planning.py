"""What an erasure would do, row by row, and where else somebody is named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from klustermotor.core.models import User
from klustermotor.core.privacy.controllers import controller_of, default_controller, keeping_law
from klustermotor.core.privacy.files import FileMention, files_naming
from klustermotor.core.privacy.retention import may_be_disposed_of
from klustermotor.core.privacy.shredders import (
    Action,
    FreeText,
    Shredder,
    Subject,
    history_of,
    shredders_of,
)
from klustermotor.core.privacy.sweep import Mention, histories, model_named, said_of, sweep
from klustermotor.core.privacy.terms import Term, terms_for
from klustermotor.core.privacy.words import name_of

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class PlannedRow:
    """What becomes of one row, and why when it stays."""

    shredder: Shredder
    row: Any
    action: Action
    reason: str | Promise = ""

    @property
    def what(self) -> str:
        return name_of(self.shredder.model)


@dataclass(frozen=True)
class Plan:
    """What erasure would do to somebody's own rows, row by row."""

    subject: Subject
    rows: list[PlannedRow]
    acts: int = 0
    """How many changes in the history bear the user's name."""
    acts_kept: str = ""

    @property
    def stays(self) -> bool:
        """Whether law keeps something that would mean nothing without a name."""
        return any(one.action is Action.KEEP and one.shredder.official for one in self.rows) or (
            bool(self.acts and self.acts_kept)
        )


def terms_of(subject: Subject) -> list[Term]:
    """The names, addresses and numbers that somebody has and had."""
    values: list[str] = []
    for shredder in shredders_of(subject.model):
        if shredder.identifies:
            for rows in (shredder.rows(subject.key), earlier_values(shredder, subject.key)):
                if rows is not None:
                    for row in rows.values_list(*shredder.identifies):
                        values += [str(value) for value in row if value]
    return terms_for(values)


def plan(subject: Subject) -> Plan:
    """Say row by row what erasure would do. Raises ``NoControllerError`` when nobody is named."""
    default_controller()
    rows = [
        _planned(shredder, row)
        for shredder in shredders_of(subject.model)
        if not shredder.is_root
        for row in shredder.rows(subject.key)
    ]
    acts, acts_kept = _acts(subject)
    told = Plan(subject, rows, acts, acts_kept)
    root = next((one for one in shredders_of(subject.model) if one.is_root), None)
    row = subject.row()
    if root and row is not None:
        action, reason = root.action, root.reason
        if told.stays and root.stays:
            action = Action.BLANK
            reason = _("The name stays beside the documents that law keeps; the rest goes.")
        rows.append(PlannedRow(root, row, action, reason))
    return told


def whole_plan(subject: Subject) -> Plan:
    """The plan of somebody and of all who go along, for people to read."""
    own = plan(subject)
    along = [one for other in subject.together()[:-1] for one in plan(other).rows]
    known = {(type(one.row), one.row.pk) for one in own.rows}
    fresh = [one for one in along if (type(one.row), one.row.pk) not in known]
    return replace(own, rows=[*fresh, *own.rows])


def _planned(shredder: Shredder, row: Any) -> PlannedRow:
    law = kept_by_law(shredder, row)
    if law:
        return PlannedRow(shredder, row, Action.KEEP, law)
    reason = shredder.reason if shredder.action is not Action.DELETE else ""
    return PlannedRow(shredder, row, shredder.action, reason)


def kept_by_law(said: Shredder | FreeText, row: Any) -> str:
    """Why a public body keeps this row for now; nothing when it goes."""
    if not said.official:
        return ""
    controller = controller_of(row, said.controller)
    if not controller.is_public or may_be_disposed_of(said.retention, row):
        return ""
    return keeping_law(controller)


def _acts(subject: Subject) -> tuple[int, str]:
    """How many changes a user has made, and the law by which they stay signed."""
    if subject.model is not User:
        return 0, ""
    count = sum(
        table._base_manager.filter(history_user=subject.key).count() for table in histories()
    )
    controller = default_controller()
    return count, keeping_law(controller) if controller.is_public else ""


def mentions_of(
    subject: Subject, progress: Progress = lambda percent, text: None
) -> tuple[list[Mention], list[FileMention]]:
    """Where else somebody is named: texts of other rows, and files."""
    everybody = subject.together()
    terms = list(dict.fromkeys(term for one in everybody for term in terms_of(one)))
    doomed = {place for one in everybody for place in _doomed(one)}

    def step(number: int, total: int, text: str) -> None:
        progress(80 * number / total, text)

    found = [one for one in sweep(terms, step) if (one.model, one.key) not in doomed]
    progress(85, _("files"))
    return found, list(files_naming(terms, settings.HOME))


def _doomed(subject: Subject) -> set[tuple[str, str]]:
    """Rows, and their earlier values, that go with the person: nobody needs to review them."""
    found: set[tuple[str, str]] = set()
    for shredder in shredders_of(subject.model):
        if shredder.action in (Action.DELETE, Action.BLANK):
            for rows in (shredder.rows(subject.key), earlier_values(shredder, subject.key)):
                if rows is not None:
                    label = rows.model._meta.label_lower
                    found |= {(label, str(key)) for key in rows.values_list("pk", flat=True)}
    return found


def law_on(mention: Mention) -> str:
    """Why a public body leaves a mention where it stands; nothing when it may be struck."""
    said, model = said_of(mention), model_named(mention.model)
    if said is None or not said.official or model is None:
        return ""
    row = model._base_manager.filter(pk=mention.key).first()
    if row is not None and model in histories():
        row = row.instance
    return kept_by_law(said, row) if row is not None else ""


def earlier_values(shredder: Shredder, key: Any, keys: Iterable[Any] = ()) -> Any:
    """The earlier values of somebody's rows, also of rows that are no longer there."""
    history = history_of(shredder.model)
    if history is None:
        return None
    name = shredder.model._meta.pk.name
    wanted = Q(
        **{f"{name}__in": list(keys) or list(shredder.rows(key).values_list("pk", flat=True))}
    )
    if shredder.path == "pk":
        wanted |= Q(**{name: key})
    elif "__" not in shredder.path:
        wanted |= Q(**{shredder.path: key}, **shredder.where)
    return history._base_manager.filter(wanted)
