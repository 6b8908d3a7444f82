"""The register extract: everything that is kept of one person, for that person to read and take."""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, Max, Min, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from klustermotor.core.models import Controller, User
from klustermotor.core.privacy.planning import mentions_of
from klustermotor.core.privacy.processing import activities, described
from klustermotor.core.privacy.shredders import Shredder, Subject, history_of, shredders_of
from klustermotor.core.privacy.sweep import Mention, histories, model_named, value_of
from klustermotor.core.privacy.words import label_of, name_of
from klustermotor.report.document import (
    Content,
    Document,
    Notice,
    Prose,
    Section,
    Statement,
    Statements,
    Table,
    TableColumn,
)

ACTS = "history"
Progress = Callable[[float, str], None]
Guard = Callable[[type[Model], Sequence[Any]], Mapping[Any, str]]
"""Given a model and keys, which of them may not be told, and by which legal ground."""


@dataclass(frozen=True)
class Told:
    """One row: its values by field, and its earlier values."""

    key: str
    values: dict[str, Any]
    earlier: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """What one model holds of somebody; `withheld` counts the rows not told, by legal ground."""

    model: str
    title: str
    labels: dict[str, str]
    rows: list[Told]
    withheld: dict[str, int]


@dataclass(frozen=True)
class Extract:
    """The whole of it."""

    subject: Subject
    name: str
    made: datetime
    parts: list[Part]
    mentions: list[dict[str, str]]
    withheld_mentions: dict[str, int]
    files: list[str]


_guards: list[Guard] = []


_act_words: list[Callable[[str, str], str]] = []


def names_acts(words: Callable[[str, str], str]) -> None:
    """Add what tells an act of the history (its code, and ``+``, ``~`` or ``-``) in words."""
    if words not in _act_words:
        _act_words.append(words)


def withholds(guard: Guard) -> None:
    """Add what may keep rows out of an extract by law."""
    if guard not in _guards:
        _guards.append(guard)


def _withheld(model: type[Model], keys: Sequence[Any]) -> dict[Any, str]:
    found: dict[Any, str] = {}
    for guard in _guards:
        found |= dict(guard(model, keys))
    return found


def extract_of(subject: Subject, progress: Progress = lambda percent, text: None) -> Extract:
    """Gather what is kept of somebody. Raises ``LookupError`` when they are not here."""
    row = subject.row()
    if row is None:
        raise LookupError(f"There is no {subject.label} {subject.key}.")
    parts = [
        _part(shredder, one.key)
        for one in reversed(subject.together())
        for shredder in reversed(shredders_of(one.model))
        if shredder.told
    ]
    parts += [_acts(subject)] if subject.model is User else []
    mentions, files = mentions_of(subject, progress)
    told, withheld = _mentions(mentions)
    return Extract(
        subject,
        str(row),
        timezone.now(),
        [part for part in parts if part.rows or part.withheld],
        told,
        withheld,
        [file.path for file in files if not file.unread],
    )


def _acts(user: Subject) -> Part:
    """What a user has changed, by table and act: how often, first and last."""
    rows = []
    for table, model in histories().items():
        counted = (
            table._base_manager.filter(history_user=user.key)
            .order_by()
            .values("history_change_reason")
            .annotate(times=Count("pk"), first=Min("history_date"), last=Max("history_date"))
        )
        rows += [
            Told(
                f"{model._meta.label_lower}/{one['history_change_reason']}",
                {
                    "what": name_of(model),
                    "act": one["history_change_reason"],
                    "times": one["times"],
                    "first": one["first"],
                    "last": one["last"],
                },
            )
            for one in counted
        ]
    labels = {
        "what": _("What"),
        "act": _("What was done"),
        "times": _("Times"),
        "first": _("First"),
        "last": _("Last"),
    }
    return Part(ACTS, _("changes that you made"), labels, rows, {})


def _part(shredder: Shredder, key: Any) -> Part:
    rows = list(shredder.rows(key))
    secret = _withheld(shredder.model, [row.pk for row in rows])
    counted: dict[str, int] = {}
    for ground in secret.values():
        counted[ground] = counted.get(ground, 0) + 1
    names = shredder.personal or (shredder.model._meta.pk.name,)
    return Part(
        shredder.model._meta.label_lower,
        name_of(shredder.model, plural=True),
        {name: label_of(shredder.model, name) for name in names},
        [
            Told(str(row.pk), _values(row, names), _earlier(shredder, row, names))
            for row in rows
            if row.pk not in secret
        ],
        counted,
    )


def _values(row: Model, names: Sequence[str]) -> dict[str, Any]:
    return {name: _value(row, name) for name in names}


def _value(row: Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if field.is_relation:
        other = getattr(row, name)
        return None if other is None else str(other)
    display = getattr(row, f"get_{name}_display", None)
    value = getattr(row, name)
    return str(display()) if display and value not in ("", None) else value


def _earlier(shredder: Shredder, row: Model, names: Sequence[str]) -> list[dict[str, Any]]:
    """When the row was changed, by which act, and what it said then; never who changed it."""
    history = history_of(shredder.model)
    if history is None:
        return []
    columns = {one.name for one in history._meta.concrete_fields}
    known = [name for name in names if name in columns]
    records = history._base_manager.filter(**{row._meta.pk.name: row.pk}).order_by("history_date")
    return [
        {
            "at": record.history_date,
            "act": record.history_change_reason or "",
            "kind": record.history_type,
            **{name: _then(record, name) for name in known},
        }
        for record in records
    ]


def _then(record: Any, name: str) -> Any:
    """An earlier value; the key alone where what it points at is gone."""
    try:
        return _value(record, name)
    except ObjectDoesNotExist:
        return getattr(record, record._meta.get_field(name).attname)


def _mentions(found: Sequence[Mention]) -> tuple[list[dict[str, str]], dict[str, int]]:
    """Texts that name the person, but for those that a mark hides."""
    told: list[dict[str, str]] = []
    withheld: dict[str, int] = {}
    earlier = histories()
    for mention in found:
        model = model_named(mention.model)
        if model is None or mention.by_machine or model in earlier:
            continue
        key = model._meta.pk.to_python(mention.key)
        if ground := _withheld(model, [key]).get(key):
            withheld[ground] = withheld.get(ground, 0) + 1
            continue
        told.append(
            {
                "what": name_of(model),
                "field": label_of(model, mention.field),
                "text": str(value_of(mention)),
            }
        )
    return told, withheld


def as_json(extract: Extract) -> str:
    """The extract for a machine to read: what the person may take elsewhere."""
    content = {
        "format": "klustermotor-extract-1",
        "made": extract.made,
        "subject": {"kind": extract.subject.label, "key": str(extract.subject.key)},
        "controllers": list(
            Controller.objects.order_by("-is_default", "name").values(
                "name", "number", "email", "protection_officer"
            )
        ),
        "parts": [
            {
                "model": part.model,
                "title": part.title,
                "fields": part.labels,
                "rows": [
                    {"key": row.key, "values": row.values, "earlier": row.earlier}
                    for row in part.rows
                ],
                "withheld": part.withheld,
            }
            for part in extract.parts
        ],
        "mentions": extract.mentions,
        "withheld_mentions": extract.withheld_mentions,
        "files": extract.files,
        "who_has_looked": None,
    }
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def as_document(extract: Extract, language: str) -> Document:
    """The extract for the person to read, in the language that is active."""
    sections = [Section("about", _("About this extract"), _about())]
    sections += [
        Section(f"part-{number}", part.title[:1].upper() + part.title[1:], _tables(part, number))
        for number, part in enumerate(extract.parts, start=1)
    ]
    sections.append(Section("mentions", _("Texts that name you"), tuple(_named(extract))))
    sections.append(Section("why", _("Why and for how long"), _why()))
    return Document(
        title=_("Register extract"),
        language=language,
        sections=tuple(sections),
        subtitle=extract.name,
        date=timezone.localdate(extract.made).isoformat(),
    )


def _about() -> tuple[Content, ...]:
    lines = [
        _(
            "This is what Klustermotor keeps of you. The file extract.json holds the same for a "
            "machine to read."
        ),
        _(
            "Who has looked at your data is not logged, so nobody can tell you. Who has changed it "
            "is kept; here stands when, and what was done."
        ),
    ]
    for controller in Controller.objects.order_by("-is_default", "name"):
        reached = ", ".join(
            part for part in (controller.email, controller.protection_officer) if part
        )
        lines.append(
            _("%(name)s answers for the data. You reach it at: %(reached)s.")
            % {"name": controller.name, "reached": reached or _("see its web page")}
        )
    lines.append(
        _(
            "You may ask to have faults corrected, to have data erased or its use restricted, and "
            "to object. You may complain to the authority for data protection of your country: "
            "Integritetsskyddsmyndigheten in Sweden, Datatilsynet in Norway."
        )
    )
    return (Prose("\n\n".join(lines)),)


def _tables(part: Part, number: int) -> tuple[Content, ...]:
    columns = tuple(TableColumn(_capital(label)) for label in part.labels.values())
    found: list[Content] = [
        Notice(
            _("%(count)s withheld by law: %(ground)s.") % {"count": count, "ground": ground},
            "caution",
        )
        for ground, count in part.withheld.items()
    ]
    if part.rows:
        rows = tuple(tuple(_cells(part, row)) for row in part.rows)
        found.append(Table(f"rows-{number}", _capital(part.title), columns, rows))
    changes = [
        (_shown(version["at"]), _in_words(version), *(_shown(version.get(n)) for n in part.labels))
        for row in part.rows
        for version in row.earlier
    ]
    if changes:
        heads = (TableColumn(_("When")), TableColumn(_("What was done")), *columns)
        title = _("Earlier values: %(what)s") % {"what": part.title}
        found.append(Table(f"earlier-{number}", title, heads, tuple(changes)))
    return tuple(found)


def _cells(part: Part, row: Told) -> Iterator[str]:
    for name, value in row.values.items():
        is_act = part.model == ACTS and name == "act"
        yield _in_words({"act": value or "", "kind": "~"}) if is_act else _shown(value)


def _in_words(version: Mapping[str, Any]) -> str:
    for words in _act_words:
        if text := words(version["act"], version["kind"]):
            return text
    return str(version["act"])


def _named(extract: Extract) -> list[Content]:
    found: list[Content] = [
        Notice(
            _("%(count)s withheld by law: %(ground)s.") % {"count": count, "ground": ground},
            "caution",
        )
        for ground, count in extract.withheld_mentions.items()
    ]
    if extract.mentions:
        heads = (TableColumn(_("Where")), TableColumn(_("Field")), TableColumn(_("Text")))
        rows = tuple((_capital(one["what"]), one["field"], one["text"]) for one in extract.mentions)
        found.append(Table("mentions-table", _("Texts that name you"), heads, rows))
    if extract.files:
        heads = (TableColumn(_("File")),)
        rows = tuple((name,) for name in extract.files)
        found.append(Table("files-table", _("Files that name you"), heads, rows))
    return found or [Statements((Statement(_("No other text names you.")),))]


def _why() -> tuple[Content, ...]:
    heads = (
        TableColumn(_("Activity")),
        TableColumn(pgettext("personal data", "Purpose")),
        TableColumn(_("Legal basis")),
        TableColumn(_("Recipients")),
        TableColumn(_("Time limits for erasure")),
    )
    rows = []
    for activity in activities():
        texts = described(activity).texts
        rows.append(
            (
                str(activity.label),
                texts["purpose"],
                texts["legal_basis"],
                texts["recipients"],
                texts["retention"],
            )
        )
    return (Table("why-table", _("Why and for how long"), heads, tuple(rows)),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def write_extract(extract: Extract, path: Path, language: str) -> None:
    """Write the extract as a ZIP: ``extract.json``, and a page and a PDF to read."""
    from klustermotor.report.render import rendered

    document = as_document(extract, language)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("extract.json", as_json(extract))
        for suffix in (".html", ".pdf", ".xlsx"):
            archive.writestr(f"extract{suffix}", rendered(document, suffix))
