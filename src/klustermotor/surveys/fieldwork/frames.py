"""Whom to ask, from the register or from a file, as units that a fieldwork can invite."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klustermotor.analysis.identifiers import is_organisation_number, organisation_number
from klustermotor.core.models import User
from klustermotor.formats.tables import ROW_OF_FIRST, read_table
from klustermotor.register.models import Municipality, Organisation, Tag
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.services import organisation_for
from klustermotor.surveys.fieldwork.planning import Unit

KNOWN = ("industry", "size", "municipality")
COLUMNS = ("name", "number", "person", "email", "language", *KNOWN)


def companies(
    user: User, *, municipality: str = "", tag: str = "", industry: str = ""
) -> QuerySet[Organisation]:
    """Companies of the register that are still there, that the user may see, by these."""
    rows = visible_to(Organisation.objects.filter(ended__isnull=True), user)
    if municipality:
        rows = rows.filter(municipality=municipality)
    if tag:
        rows = rows.filter(tags__tag=tag)
    if industry:
        rows = rows.filter(industries__industry__code__startswith=industry)
    return rows.distinct()


def municipalities() -> list[tuple[str, str]]:
    """Municipalities that have a company, to choose from."""
    rows = Municipality.objects.filter(organisations__isnull=False).distinct().order_by("name")
    return [(row.pk, row.name) for row in rows]


def tags() -> list[tuple[str, str]]:
    """Tags that a company carries, to choose from."""
    rows = Tag.objects.filter(organisations__isnull=False).distinct()
    return [(str(row.pk), row.name) for row in rows]


def units_in_file(path: Path) -> list[Unit]:
    """The rows of a file as units, their companies found in or added to the register.

    Raises ValidationError with every row that is wrong, and `InputError` when it is no table;
    nothing is added then.
    """
    table = read_table(path)
    frame = table.frame
    unknown = [column for column in frame.columns if column not in COLUMNS]
    if "name" not in frame.columns and "email" not in frame.columns:
        raise ValidationError(
            _("The file needs a column name or email. It has: %(columns)s.")
            % {"columns": ", ".join(frame.columns[:12])}
        )
    rows = list(_rows(frame.drop(unknown)))
    if faults := list(_faults(rows)):
        raise ValidationError(faults)
    return [_unit(row) for row in rows]


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, str]]:
    for row in frame.iter_rows(named=True):
        yield {name: str(value).strip() if value is not None else "" for name, value in row.items()}


def _faults(rows: list[dict[str, str]]) -> Iterator[str]:
    languages = dict(settings.LANGUAGES)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, ROW_OF_FIRST):
        where = _("Row %(row)s: ") % {"row": number}
        if not row.get("name") and not row.get("email"):
            yield where + _("neither name nor e-mail.")
        if (number_text := row.get("number")) and not is_organisation_number(number_text):
            yield where + _("“%(text)s” is no organisation number.") % {"text": number_text}
        if email := row.get("email"):
            try:
                validate_email(email)
            except ValidationError:
                yield where + _("“%(text)s” is no e-mail address.") % {"text": email}
            if email.lower() in seen:
                yield where + _("%(email)s stands in row %(row)s too.") % {
                    "email": email,
                    "row": seen[email.lower()],
                }
            seen.setdefault(email.lower(), number)
        if row.get("language") and row["language"] not in languages:
            yield where + _("“%(text)s” is no language here: write sv, nb or en.") % {
                "text": row["language"]
            }


def _unit(row: dict[str, str]) -> Unit:
    number = organisation_number(row["number"]).digits if row.get("number") else ""
    organisation = organisation_for(row["name"], number) if row.get("name") else None
    return Unit(
        organisation,
        None,
        row.get("person", ""),
        row.get("email", "").lower(),
        row.get("language") or settings.LANGUAGE_CODE,
        {name: row[name] for name in KNOWN if row.get(name)},
    )
