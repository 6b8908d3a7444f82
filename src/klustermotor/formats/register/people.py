"""People with their roles and the right by which they are kept."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from klustermotor.formats.register import values
from klustermotor.formats.register.cells import RowReader
from klustermotor.formats.register.record import Record

if TYPE_CHECKING:
    from klustermotor.formats.register.columns import Layout
    from klustermotor.formats.register.record import Into

_LANGUAGES = {
    "sv": ("sv", "svenska", "swedish", "svensk"),
    "nb": ("nb", "no", "norska", "norsk", "bokmål", "norwegian"),
    "en": ("en", "engelska", "engelsk", "english"),
}


def person_records(reader: RowReader, into: "Into", layout: "Layout") -> Iterator[Record]:
    """The person that a row tells of: the role and the legal basis are parts of it."""
    name = reader.text("name")
    if not name:
        parts = (reader.cell(column) for column in ("first_name", "last_name"))
        name = " ".join(" ".join(parts).split())
        reader.values["name"] = name
    if not name:
        reader.say("name_missing", "name")
    elif len(name) > 150:
        reader.say("too_long", "name", name, found=len(name), most=150)
    reader.email()
    reader.text("phone")
    if reader.cell("language"):
        reader.take("language", lambda text: values.read_word(text, _LANGUAGES))
    role = _role(reader)
    _basis(reader, into)
    email = str(reader.values.get("email") or "").casefold()
    own = email or " ".join(name.casefold().split())
    yield Record(
        "person",
        reader.row,
        "|".join((own, *role))[:120],
        reader.values,
        tuple(reader.faults),
        tuple(reader.notes),
        name,
    )


def _role(reader: RowReader) -> tuple[str, str]:
    """What the person is at which organisation; nothing for somebody with an idea only."""
    number = reader.number("organisation_number", None)
    company = " ".join(reader.cell("organisation_name").split())
    reader.date("since")
    reader.date("until")
    reader.dates_in_order("since", "until")
    title = reader.text("title")
    since, until = reader.values.pop("since", ""), reader.values.pop("until", "")
    reader.values.pop("title", None)
    if number is None and not company:
        return "", ""
    at = number.digits if number else ""
    reader.values["role"] = {
        "number": at,
        "organisation": company,
        "title": title,
        "since": since or "",
        "until": until or "",
    }
    return at or company.casefold()[:40], title.casefold()[:30]


def _basis(reader: RowReader, into: "Into") -> None:
    basis, purpose = into.basis, into.purpose or "contact"
    for column, words in (("basis", values.BASES), ("purpose", values.PURPOSES)):
        text = reader.cell(column)
        if not text:
            continue
        found = values.read_word(text, words)
        if isinstance(found, tuple):
            reader.say(found[0], column, text, **found[1])
        elif column == "basis":
            basis = found
        else:
            purpose = found
    given = reader.cell("given_on")
    on: str | values.Wrong = values.read_date(given) if given else into.given_on
    if isinstance(on, tuple):
        reader.say(on[0], "given_on", given, **on[1])
        on = ""
    if not basis:
        if not any(
            fault.column == reader.headings.get("basis", "basis") for fault in reader.faults
        ):
            reader.say("basis_missing", "basis")
        return
    reader.values["basis"] = {"purpose": purpose, "basis": basis, "given_on": on}
