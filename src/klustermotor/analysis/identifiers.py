"""Organisation numbers of Sweden and Norway: what is valid, and what is personal data.

The check digits are python-stdnum's (Swedish Luhn, Norwegian modulus 11). A Swedish number whose
third digit is below 2 is a personal identity number: its holder is a sole trader.
"""

import re
from dataclasses import dataclass
from typing import Literal

from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish
from stdnum.se import personnummer

Country = Literal["SE", "NO"]
Fault = Literal["empty", "letters", "length", "check_digit"]

_VAT = re.compile(r"^(SE(?P<se>\d{10})01|NO(?P<no>\d{9})(MVA)?|(?P<mva>\d{9})MVA)$")
_SEPARATORS = re.compile(r"[\s\-.–]+")


@dataclass(frozen=True)
class OrganisationNumber:
    """A valid number: its country, its digits alone, and whether it is a person's."""

    country: Country
    digits: str
    is_personal: bool = False

    @property
    def written(self) -> str:
        """As people write it: ``556036-0793``, ``923 609 016``."""
        if self.country == "SE":
            return f"{self.digits[:6]}-{self.digits[6:]}"
        return f"{self.digits[:3]} {self.digits[3:6]} {self.digits[6:]}"


class NumberFaultError(ValueError):
    """Why a text is no organisation number; ``fault`` is a word for programs."""

    def __init__(self, text: str, fault: Fault) -> None:
        super().__init__(f"{text!r} is no organisation number: {fault}")
        self.text = text
        self.fault: Fault = fault


def organisation_number(text: str, country: Country | None = None) -> OrganisationNumber:
    """Read a number as people and registers write it: with dash, spaces, century, VAT letters.

    ``country`` narrows what is taken. Raises :class:`NumberFaultError` for anything else.
    """
    plain = _SEPARATORS.sub("", text).upper()
    if not plain:
        raise NumberFaultError(text, "empty")
    if vat := _VAT.match(plain):
        plain = vat["se"] or vat["no"] or vat["mva"]
    if not (plain.isascii() and plain.isdigit()):
        raise NumberFaultError(text, "letters")
    if len(plain) == 9 and country != "SE":
        return _norwegian(text, plain)
    if len(plain) in (10, 12) and country != "NO":
        return _swedish(text, plain)
    raise NumberFaultError(text, "length")


def _norwegian(text: str, digits: str) -> OrganisationNumber:
    if not norwegian.is_valid(digits):
        raise NumberFaultError(text, "check_digit")
    return OrganisationNumber("NO", digits)


def _swedish(text: str, digits: str) -> OrganisationNumber:
    """Twelve digits are a century and ten, or ``16`` and a legal person's ten."""
    ten = digits[-10:]
    if not swedish.is_valid(ten):
        raise NumberFaultError(text, "check_digit")
    if int(ten[2]) >= 2:
        if len(digits) == 12 and not digits.startswith("16"):
            raise NumberFaultError(text, "length")
        return OrganisationNumber("SE", ten)
    if not personnummer.is_valid(digits if len(digits) == 12 else f"{ten[:6]}-{ten[6:]}"):
        raise NumberFaultError(text, "check_digit")
    return OrganisationNumber("SE", ten, is_personal=True)


def is_organisation_number(text: str, country: Country | None = None) -> bool:
    """Whether `organisation_number` would read it."""
    try:
        organisation_number(text, country)
    except NumberFaultError:
        return False
    return True
