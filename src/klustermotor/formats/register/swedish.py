"""What is particular to the files of Bolagsverket and of SCB.

No real file of either has been in our hands: both readers follow the published descriptions and
are marked unverified in docs/loading.md.
"""

import re

from klustermotor.formats.register.cells import RowReader

# Bolagsverket writes several things in one cell, parted by $, and several such by |.
_COMPANY_NAME = "FORETAGSNAMN-ORGNAM"
_TRADE_NAME = "SARSKILT-ORGNAM"
_COUNTRIES = {"SE-LAND": "SE", "NO-LAND": "NO"}

SCB_SIZES = {
    "0": "0",
    "1": "1-9",
    "2": "1-9",
    "3": "10-49",
    "4": "10-49",
    "5": "50-249",
    "6": "50-249",
}
"""SCB's classes 0, 1–4, 5–9, 10–19, 20–49, 50–99, 100–199; the next, 200–499, spans two of ours."""


def bolagsverket(reader: RowReader) -> None:
    """Take apart the cells of Bolagsverket's file: number, names, form, address."""
    cells = dict(reader.cells)
    if text := cells.get("number"):
        cells["number"] = text.split("$")[0]
    if (text := cells.get("name")) and "$" in text:
        cells["name"], cells["trade_names"] = _names(text)
    if text := cells.get("legal_form"):
        cells["legal_form"] = text.removesuffix("-ORGFO")
    if (text := cells.get("street")) and "$" in text:
        street, care_of, city, postcode, *_country = (*text.split("$"), "", "", "", "")
        cells |= {"street": street or care_of, "city": city, "postcode": postcode}
    cells.pop("country", None)
    reader.cells = cells


def _names(text: str) -> tuple[str, str]:
    """The name of the company, and the names that it trades under, parted by semicolons."""
    parts = [part.split("$") for part in text.split("|")]
    names = [part[0].strip() for part in parts if len(part) > 1 and part[1] == _COMPANY_NAME]
    trades = [part[0].strip() for part in parts if len(part) > 1 and part[1] == _TRADE_NAME]
    return (names or [parts[0][0].strip()])[0], ";".join(trades)


def scb(reader: RowReader) -> None:
    """Legal persons' numbers stand with 16 in front; postcodes without their blank."""
    cells = dict(reader.cells)
    if text := cells.get("organisation_number"):
        digits = re.sub(r"\D", "", text)
        cells["organisation_number"] = digits if len(digits) in (10, 12) else text
    reader.cells = cells
