"""What the pages of loads show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.core.models import User
from klustermotor.formats.errors import Fault, InputError
from klustermotor.formats.register.record import Progress
from klustermotor.formats.register.rows import FORMULA_LOST, rows_of, unpacked
from klustermotor.register.models import (
    Establishment,
    LegalBasis,
    Load,
    LoadRow,
    Municipality,
    Organisation,
    Person,
    YearlyFact,
)
from klustermotor.register.queries.secrecy import closed_to
from klustermotor.register.services.loading.entries import as_fault
from klustermotor.register.services.loading.kinds import KINDS
from klustermotor.register.services.loading.running import path_of

FATES = ("refused", "held", "changed", "created", "ended", "unchanged")

PARTS: Mapping[str, str | Promise] = {
    "industries": gettext_lazy("industries"),
    "industries2": gettext_lazy("second industry"),
    "industries3": gettext_lazy("third industry"),
    "former_names": gettext_lazy("earlier names"),
    "trade_names": gettext_lazy("trades as"),
    "tags": gettext_lazy("tags"),
    "chain": gettext_lazy("position in a value chain"),
    "facts": gettext_lazy("figures of years"),
    "years": gettext_lazy("employees per year"),
    "role": gettext_lazy("roles"),
    "basis": gettext_lazy("legal basis"),
    "purpose": gettext_lazy("purpose"),
    "given_on": gettext_lazy("legal basis from"),
    "key": gettext_lazy("the source's own key"),
    "year": gettext_lazy("year of the figures"),
    "organisation": gettext_lazy("organisation"),
    "organisation_number": gettext_lazy("organisation number"),
    "organisation_name": gettext_lazy("name of the organisation"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "title": gettext_lazy("role"),
    "since": gettext_lazy("from"),
    "until": gettext_lazy("to"),
    "boundary": gettext_lazy("boundary"),
    "titles": gettext_lazy("titles"),
    "level": gettext_lazy("level"),
    "code": gettext_lazy("code"),
    "standard": gettext_lazy("standard"),
    "old": gettext_lazy("code of the old standard"),
    "new": gettext_lazy("code of the new standard"),
    "is_partial": gettext_lazy("only a part of it"),
    "county": gettext_lazy("county"),
    "county_code": gettext_lazy("county code"),
    "sv": gettext_lazy("title in Swedish"),
    "nb": gettext_lazy("title in Norwegian"),
    "en": gettext_lazy("title in English"),
}
_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "kind": dict(Organisation.Kind.choices),
    "size": dict(Organisation.Size.choices),
}


def field_label(name: str, kind: str = "organisations") -> str:
    """What a field is called in the reader's language."""
    models: tuple[Any, ...] = (Organisation, Establishment, Person)
    if kind in ("establishments", "scb"):
        models = (Establishment, Organisation, Person)
    elif kind == "people":
        models = (Person, Organisation, Establishment)
    if name in PARTS:
        return str(PARTS[name])
    measures = dict(YearlyFact.Measure.choices)
    if name in measures:
        return str(measures[name])
    for model in models:
        known = {field.name: field for field in model._meta.concrete_fields}
        if name in known:
            return str(known[name].verbose_name)
    return name


def loads() -> QuerySet[Load]:
    """All loads."""
    return Load.objects.select_related("source", "by", "job")


def rows_of_load(load: Load, user: User, fate: str = "", text: str = "") -> QuerySet[LoadRow]:
    """The rows of a preview that this user may see, of a fate and with a text in them."""
    rows = load.rows.all()
    if not user.has_perm("register.see_secret"):
        hidden = Q()
        for model in (Organisation, Establishment, Person):
            hidden |= Q(thing__in=closed_to(user, model))
        rows = rows.exclude(hidden & Q(thing__isnull=False))
    if fate == "noted":
        rows = rows.filter(has_notes=True)
    elif fate in FATES:
        rows = rows.filter(fate=fate)
    if text:
        wanted = Q(label__icontains=text)
        if text.isdecimal():
            wanted |= Q(row=int(text[:9]))
        rows = rows.filter(wanted)
    return rows


@dataclass(frozen=True)
class ShownChange:
    """A field with what it was and what it becomes, in the reader's words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownRow:
    """A row of a preview in the reader's words."""

    row: LoadRow
    url: str
    changes: Sequence[ShownChange]
    held: Sequence[ShownChange]
    faults: Sequence[Fault]
    said: Sequence[tuple[str, str, str, str]]
    """(column, value, problem, remedy)"""


def shown_rows(rows: Sequence[LoadRow], load: Load, language: str) -> list[ShownRow]:
    """Rows worded for the page; the names of municipalities cost one query for all."""
    places = _places(rows)
    shown = []
    for row in rows:
        faults = [as_fault(one) for one in row.said]
        shown.append(
            ShownRow(
                row,
                _url(row, load),
                [_change(one, load, places) for one in row.changes],
                [_change(one, load, places) for one in row.held],
                faults,
                [
                    (one.column, one.value or "", one.problem(language), one.remedy(language))
                    for one in faults
                ],
            )
        )
    return shown


def _url(row: LoadRow, load: Load) -> str:
    if row.thing is None or (row.fate == "created" and load.state != Load.State.APPLIED):
        return ""
    paths = {"organisation": "companies", "person": "people"}
    return f"/{paths[row.subject]}/{row.thing}" if row.subject in paths else ""


def _places(rows: Sequence[LoadRow]) -> dict[str, str]:
    keys = {
        value
        for row in rows
        for name, *values in (*row.changes, *row.held)
        if name == "municipality"
        for value in values
    }
    return dict(Municipality.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _change(one: Sequence[Any], load: Load, places: Mapping[str, str]) -> ShownChange:
    name, before, after = one
    return ShownChange(
        field_label(name, load.kind), _value(name, before, places), _value(name, after, places)
    )


def _value(name: str, value: Any, places: Mapping[str, str]) -> str:
    if value in ("", None, [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "municipality":
        return places.get(str(value), str(value))
    if name in _CHOICES:
        return str(_CHOICES[name].get(value, value))
    if isinstance(value, dict | list):
        return _listed(name, value)
    return str(value)


def _listed(name: str, value: Any) -> str:
    if name == "role":
        return ", ".join(" ".join(filter(None, role[1:])) or "–" for role in value)
    if name == "basis":
        bases = dict(LegalBasis.Basis.choices)
        return ", ".join(str(bases.get(basis[1], basis[1])) for basis in value)
    if name == "facts":
        measures = dict(YearlyFact.Measure.choices)
        pairs = ((*key.split(":"), figure) for key, figure in sorted(value.items()))
        return ", ".join(f"{measures.get(m, m)} {year}: {figure}" for m, year, figure in pairs)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in sorted(value.items()))
    return ", ".join(str(part).partition(":")[2] or str(part) for part in value)


def faults_of(load: Load, language: str) -> list[str]:
    """What is wrong with the whole file."""
    return [as_fault(one).text(language) for one in (load.preview or {}).get("faults", ())]


def notes_on(load: Load, language: str) -> list[str]:
    """What is to know of the whole file, such as columns that have changed places."""
    return [as_fault(one).text(language) for one in (load.preview or {}).get("notes", ())]


def column_choices(load: Load) -> list[tuple[str, str]]:
    """What a column can be, by the words of the reader."""
    kind = KINDS[load.kind]
    named = [(name, field_label(name, load.kind)) for name in kind.fields]
    return sorted(named, key=lambda pair: pair[1])


def refused_table(load: Load, user: User, language: str) -> Iterator[list[str]]:
    """The refused rows as they stand in the file, with what is wrong in front of each.

    The heading comes first. Where the file is no table or no longer kept, only what is wrong.
    """
    refused: dict[int, list[Fault]] = {}
    for row in rows_of_load(load, user, "refused").order_by("row").iterator(chunk_size=2000):
        refused.setdefault(row.row, []).extend(as_fault(one) for one in row.said)
    heading = [_("Row"), _("What is wrong"), _("What would be right")]
    headings = [column["heading"] for column in (load.preview or {}).get("columns", ())]
    try:
        cells = _cells_of(load, refused)
        first = next(cells, None)
    except (InputError, OSError):
        cells, first = iter(()), None
    if first is None or load.kind == "boundaries":
        yield heading
        for number, faults in sorted(refused.items()):
            yield [str(number), *_worded(faults, language)]
        return
    yield [*heading, *headings]
    for number, values in chain([first], cells):
        yield [str(number), *_worded(refused[number], language), *values]


def _cells_of(load: Load, wanted: Mapping[int, Any]) -> Iterator[tuple[int, list[str]]]:
    if not wanted:
        return
    last = max(wanted)
    with unpacked(path_of(load), load.file_name) as path:
        with path.open("rb") as file:
            if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
                return
        for row in rows_of(path, load.file_name, Progress()):
            if row.number in wanted:
                yield row.number, [("" if c in (None, FORMULA_LOST) else str(c)) for c in row.cells]
            if row.number >= last:
                return


def _worded(faults: Sequence[Fault], language: str) -> tuple[str, str]:
    problems = "; ".join(
        f"{one.column}: {one.problem(language)}" if one.column else one.problem(language)
        for one in faults
    )
    return problems, "; ".join(one.remedy(language) for one in faults)
