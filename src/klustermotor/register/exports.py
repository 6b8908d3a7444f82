"""What the register gives out as files: the same kinds that it takes in, and a data package.

The columns are called as `load` recognises them, so that a file can be written, mended and loaded
again. What a secrecy mark hides is left out, unless the one who asks may see it.
"""

import csv
import hashlib
import hmac
import io
import json
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klustermotor.core.exporters import (
    Exporter,
    ExportRequest,
    Row,
    register_exporter,
    write_table,
)
from klustermotor.register.models import (
    Establishment,
    Industry,
    IndustryCrosswalk,
    LegalBasis,
    Municipality,
    Organisation,
    PersonRole,
    YearlyFact,
)
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.services.loading.subjects.organisation import OrganisationSubject

AT_ONCE = 2000
ORGANISATION = (
    *OrganisationSubject.scalars,
    *("parent", "industries", "former_names", "trade_names", "tags", "chain"),
)
ESTABLISHMENT = (
    *("number", "organisation_number", "organisation_name", "name", "street", "postcode", "city"),
    *("municipality", "latitude", "longitude", "industry", "opened", "closed"),
)
PERSON = (
    *("name", "email", "phone", "language", "organisation_number", "organisation_name", "title"),
    *("since", "until", "basis", "purpose", "given_on"),
)
FACT = ("number", "name", "year", "measure", "value", "unit", "source")


class Numbers:
    """What is written in place of organisation numbers: of companies themselves, of sole traders
    nothing, or a keyed code (HMAC-SHA-256) whose key is made for one export and never kept."""

    def __init__(self, request: ExportRequest) -> None:
        self._how = request.personal_numbers
        self._key = secrets.token_bytes(32)

    def shown(self, number: str, is_sole_trader: bool) -> str:
        """The number as this export may tell it."""
        if not is_sole_trader or not number or self._how == "written":
            return number
        if self._how == "pseudonyms":
            return "p-" + hmac.new(self._key, number.encode(), hashlib.sha256).hexdigest()[:20]
        return ""


def _visible(rows: QuerySet[Any], request: ExportRequest) -> QuerySet[Any]:
    return visible_to(rows, request.by or AnonymousUser())  # type: ignore[arg-type]


def organisations(request: ExportRequest, numbers: Numbers | None = None) -> Iterator[Row]:
    """Every organisation that is not ended or is, with what hangs on it."""
    numbers = numbers or Numbers(request)
    subject = OrganisationSubject()
    yield list(ORGANISATION)
    rows = _visible(Organisation.objects.order_by("name", "pk"), request)
    hidden = set(
        Organisation.objects.filter(is_sole_trader=True, subsidiaries__isnull=False).values_list(
            "number", flat=True
        )
    )
    for part in _parts(rows.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)):
        found = subject.current([key.hex for key in part], "", ORGANISATION)
        for key in part:
            one = found.get(key.hex)
            if one is None:
                continue
            one["number"] = numbers.shown(one["number"], one["is_sole_trader"])
            one["parent"] = numbers.shown(one["parent"], one["parent"] in hidden)
            yield [_flat(one[name]) for name in ORGANISATION]


def establishments(request: ExportRequest, numbers: Numbers | None = None) -> Iterator[Row]:
    """Every establishment with the company that it belongs to."""
    numbers = numbers or Numbers(request)
    yield list(ESTABLISHMENT)
    rows = _visible(Establishment.objects.select_related("organisation").order_by("pk"), request)
    for one in rows.iterator(chunk_size=AT_ONCE):
        owner = one.organisation
        yield [
            one.number,
            numbers.shown(owner.number, owner.is_sole_trader),
            owner.name,
            one.name,
            one.street,
            one.postcode,
            one.city,
            one.municipality_id or "",
            one.latitude,
            one.longitude,
            one.industry_id or "",
            one.opened,
            one.closed,
        ]


def people(request: ExportRequest) -> Iterator[Row]:
    """Every role of every person with one row per legal basis that holds."""
    numbers = Numbers(request)
    yield list(PERSON)
    roles = PersonRole.objects.select_related("person", "organisation").order_by("person", "pk")
    for part in _parts(_visible(roles, request).iterator(chunk_size=AT_ONCE)):
        bases: dict[Any, list[LegalBasis]] = {}
        held = LegalBasis.objects.filter(
            person__in=[role.person_id for role in part], withdrawn_on__isnull=True
        )
        for basis in held.order_by("purpose"):
            bases.setdefault(basis.person_id, []).append(basis)
        for role in part:
            who, at = role.person, role.organisation
            for basis in bases.get(role.person_id) or [None]:
                yield [
                    who.name,
                    who.email,
                    who.phone,
                    who.language,
                    numbers.shown(at.number, at.is_sole_trader),
                    at.name,
                    role.title,
                    role.since,
                    role.until,
                    basis.basis if basis else "",
                    basis.purpose if basis else "",
                    basis.given_on if basis else "",
                ]


def facts(request: ExportRequest, numbers: Numbers | None = None) -> Iterator[Row]:
    """The figures of every year."""
    numbers = numbers or Numbers(request)
    yield list(FACT)
    rows = YearlyFact.objects.select_related("organisation").order_by("pk")
    for one in _visible(rows, request).iterator(chunk_size=AT_ONCE):
        owner = one.organisation
        number = numbers.shown(owner.number, owner.is_sole_trader)
        yield [number, owner.name, one.year, one.measure, one.value, one.unit, one.source_id]


def industries(request: ExportRequest) -> Iterator[Row]:
    """Every code with its titles."""
    yield ["standard", "code", "parent", "sv", "nb", "en"]
    for one in Industry.objects.select_related("parent").iterator(chunk_size=AT_ONCE):
        parent = one.parent.code if one.parent else ""
        titles = [one.titles.get(language, "") for language in ("sv", "nb", "en")]
        yield [one.standard, one.code, parent, *titles]


def crosswalk(request: ExportRequest) -> Iterator[Row]:
    """Every bridge between the standards."""
    yield ["old", "new", "is_partial"]
    rows = IndustryCrosswalk.objects.select_related("old", "new").order_by("old", "new")
    for one in rows.iterator(chunk_size=AT_ONCE):
        yield [one.old_id, one.new_id, "ja" if one.is_partial else ""]


def write_boundaries(request: ExportRequest, path: Path) -> int:
    """The municipalities that have a boundary, as GeoJSON."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for one in Municipality.objects.exclude(boundary=None).iterator(chunk_size=50):
            told = ("code", "name", "county_code", "county", "country")
            feature = {
                "type": "Feature",
                "properties": {name: getattr(one, name) for name in told},
                "geometry": one.boundary,
            }
            file.write((",\n" if count else "\n") + json.dumps(feature, ensure_ascii=False))
            count += 1
        file.write("\n]}\n")
    return count


Tables = dict[str, tuple[Sequence[str], Callable[..., Iterator[Row]]]]


def write_dataset(request: ExportRequest, path: Path) -> int:
    """A data package: organisations, establishments, figures and industries as CSV with their
    description (datapackage.json), without people. Numbers are told alike in all of them."""
    numbers = Numbers(request)
    tables: dict[str, Iterator[Row]] = {
        "organisations": organisations(request, numbers),
        "establishments": establishments(request, numbers),
        "facts": facts(request, numbers),
        "industries": industries(request),
    }
    total = 0
    resources = []
    with (
        tempfile.TemporaryDirectory(prefix="klustermotor-") as folder,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name, rows in tables.items():
            file = Path(folder, f"{name}.csv")
            count = write_table(rows, file)
            total += count
            with file.open(encoding="utf-8") as written:
                heading = next(csv.reader(io.StringIO(written.readline())))
            content = file.read_bytes()
            resources.append(
                {
                    "name": name,
                    "path": f"{name}.csv",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "bytes": len(content),
                    "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                    "rowcount": count,
                    "schema": {"fields": [_field(column) for column in heading]},
                }
            )
            package.write(file, f"{name}.csv")
        package.writestr("datapackage.json", _as_package(request, resources))
    return total


NUMBERS_TOLD = {
    "left_out": "Numbers of sole traders are personal data and left out.",
    "pseudonyms": "Numbers of sole traders are replaced by codes that hold in this package only.",
    "written": "Numbers of sole traders are written: the package holds personal data.",
}
_NUMERIC = {"latitude": "number", "longitude": "number", "year": "integer", "value": "number"}
_DATES = {"started", "ended", "opened", "closed"}


def _field(name: str) -> dict[str, str]:
    kind = "date" if name in _DATES else _NUMERIC.get(name, "string")
    return {"name": name, "type": "boolean" if name == "is_sole_trader" else kind}


def _as_package(request: ExportRequest, resources: list[dict[str, Any]]) -> str:
    package = {
        "profile": "tabular-data-package",
        "name": "klustermotor-register",
        "title": "Register of organisations",
        "description": NUMBERS_TOLD[request.personal_numbers],
        "created": timezone.now().isoformat(timespec="seconds"),
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1)


def _flat(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _parts(items: Iterator[Any]) -> Iterator[list[Any]]:
    while part := list(islice(items, AT_ONCE)):
        yield part


def register_exporters() -> None:
    """Add the register's kinds; called when the register is ready."""
    for order, (kind, label, rows) in enumerate(
        (
            ("organisations", _("Organisations"), organisations),
            ("establishments", _("Establishments"), establishments),
            ("people", _("People"), people),
            ("facts", _("Figures of years"), facts),
            ("industries", _("Industries"), industries),
            ("crosswalk", _("Bridges between industries"), crosswalk),
        )
    ):
        register_exporter(Exporter(kind, label, "register.view", rows, order=10 + order))
    register_exporter(
        Exporter(
            "boundaries",
            _("Boundaries of municipalities"),
            "register.view",
            write=write_boundaries,
            suffixes=(".geojson", ".json"),
            order=30,
        )
    )
    register_exporter(
        Exporter(
            "dataset",
            _("Data package"),
            "register.view",
            write=write_dataset,
            suffixes=(".zip",),
            order=40,
        )
    )
