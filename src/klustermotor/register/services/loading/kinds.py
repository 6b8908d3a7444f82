"""The kinds of file that the register loads: how each is read, and what holds for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klustermotor.formats.errors import fail
from klustermotor.formats.register import spreadsheet
from klustermotor.formats.register.boundaries import read_boundaries
from klustermotor.formats.register.brreg import read_brreg
from klustermotor.formats.register.headings import (
    CROSSWALK,
    ESTABLISHMENT,
    INDUSTRY,
    ORGANISATION,
    PERSON,
)
from klustermotor.formats.register.record import Given, Into, Known, Reading

Read = Callable[[Path, Given, Mapping[str, str] | None], Reading]


@dataclass(frozen=True)
class Kind:
    """A kind of file. `fields` are what a column can be; a `bulk` register has millions of rows,
    tells all that it knows of each (an empty value clears its own) and is who its number says."""

    name: str
    label: str | Promise
    read: Read
    source: str
    source_name: str
    fields: tuple[str, ...] = ()
    into: tuple[str, ...] = ("country",)
    bulk: bool = False
    help: str | Promise = ""
    order: int = 100


def _sheet(name: str, path: Path, given: Given, chosen: Mapping[str, str] | None) -> Reading:
    return spreadsheet.read_sheet(name, path, given, chosen)


def _brreg(path: Path, given: Given, _chosen: Mapping[str, str] | None) -> Reading:
    return read_brreg(path, given)


def _boundaries(path: Path, given: Given, _chosen: Mapping[str, str] | None) -> Reading:
    return read_boundaries(path, given)


ORGANISATION_INTO = ("country", "standard", "year", "cluster")
FILE = ("file", "Files of our own")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "organisations",
            _("Organisations"),
            partial(_sheet, "organisations"),
            *FILE,
            tuple(ORGANISATION),
            ORGANISATION_INTO,
            help=_("A list of companies and other organisations in Excel or CSV."),
            order=10,
        ),
        Kind(
            "establishments",
            _("Establishments"),
            partial(_sheet, "establishments"),
            *FILE,
            tuple(ESTABLISHMENT),
            ORGANISATION_INTO,
            help=_(
                "Units at addresses, with the organisation number of the company they belong to."
            ),
            order=20,
        ),
        Kind(
            "people",
            _("People"),
            partial(_sheet, "people"),
            *FILE,
            tuple(PERSON),
            ("basis", "purpose", "given_on"),
            help=_("Contacts with their roles. By what right each is kept must be told."),
            order=30,
        ),
        Kind(
            "brreg",
            _("Enhetsregisteret (Brønnøysund)"),
            _brreg,
            "brreg",
            "Enhetsregisteret",
            (),
            ("standard",),
            bulk=True,
            help=_("All units or underenheter as CSV or JSON, also packed as .gz."),
            order=40,
        ),
        Kind(
            "bolagsverket",
            _("Bolagsverket"),
            partial(_sheet, "bolagsverket"),
            "bolagsverket",
            "Bolagsverket",
            tuple(ORGANISATION),
            ("standard",),
            bulk=True,
            help=_("The file of all companies that Bolagsverket gives out."),
            order=50,
        ),
        Kind(
            "scb",
            _("SCB, establishments"),
            partial(_sheet, "scb"),
            "scb",
            "SCB",
            tuple(ESTABLISHMENT),
            ("standard", "year"),
            bulk=True,
            help=_("Establishments with CFAR numbers from SCB's business register."),
            order=60,
        ),
        Kind(
            "industries",
            _("Industries"),
            partial(_sheet, "industries"),
            "classification",
            "Classifications",
            tuple(INDUSTRY),
            ("country", "standard"),
            help=_("The full list of codes of a standard with their titles."),
            order=70,
        ),
        Kind(
            "crosswalk",
            _("Bridges between industries"),
            partial(_sheet, "crosswalk"),
            "classification",
            "Classifications",
            tuple(CROSSWALK),
            ("country",),
            help=_("Which codes of the 2007 standard became which of 2025."),
            order=80,
        ),
        Kind(
            "boundaries",
            _("Boundaries of municipalities"),
            _boundaries,
            "boundaries",
            "Boundaries",
            (),
            ("country",),
            help=_("GeoJSON in degrees (WGS 84), one municipality per feature."),
            order=90,
        ),
    )
}


def read(
    kind: Kind,
    path: Path,
    name: str,
    into: Mapping[str, str],
    *,
    known: Known,
    chosen: Mapping[str, str] | None = None,
) -> Reading:
    """The file as records. Raises InputError for a file or an option that cannot be used."""
    return kind.read(path, Given(name, known, into_of(kind, into)), chosen)


CHOICES: Mapping[str, tuple[str, ...]] = {
    "country": ("SE", "NO"),
    "standard": ("SNI2007", "SNI2025", "SN2007", "SN2025"),
    "basis": ("public_interest", "contract", "legitimate_interest", "legal_duty", "consent"),
    "purpose": ("contact", "news", "survey", "activity", "funding"),
}


def into_of(kind: Kind, given: Mapping[str, str]) -> Into:
    """What holds for the whole file. Raises InputError for a key or value that does not exist."""
    values: dict[str, object] = {}
    for key, text in given.items():
        if key not in kind.into:
            raise fail("load_option", "", value=key, known=kind.into)
        if key in CHOICES and text not in CHOICES[key]:
            raise fail("load_option", "", value=f"{key}={text}", known=CHOICES[key])
        if key == "year":
            if not (text.isdigit() and 1900 <= int(text) <= 2100):
                raise fail("load_option", "", value=f"{key}={text}", known=("2024",))
            values[key] = int(text)
        elif text:
            values[key] = text
    if "given_on" in kind.into and not values.get("given_on"):
        values["given_on"] = timezone.localdate().isoformat()
    return Into(**values)  # type: ignore[arg-type]
