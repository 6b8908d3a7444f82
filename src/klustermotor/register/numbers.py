"""Organisation numbers as people write them, and what is wrong with one that they wrote."""

from django.utils.translation import gettext as _
from stdnum import luhn
from stdnum.no import orgnr as norwegian

from klustermotor.analysis.identifiers import NumberFaultError, OrganisationNumber

SWEDISH_DIGITS = 10
NORWEGIAN_DIGITS = 9


def written(number: str, country: str) -> str:
    """``556036-0793``, ``923 609 016``; anything else as it is kept."""
    length = {"SE": SWEDISH_DIGITS, "NO": NORWEGIAN_DIGITS}.get(country)
    if not number.isdigit() or len(number) != length:
        return number
    return OrganisationNumber("SE" if country == "SE" else "NO", number).written


def explain(fault: NumberFaultError, country: str) -> str:
    """Say what is wrong with a number, and what would be right."""
    digits = "".join(letter for letter in fault.text if letter.isdigit())
    if fault.fault == "letters":
        return _(
            "“%(text)s” has letters or signs in it. Write digits alone, such as %(example)s."
        ) % {"text": fault.text.strip(), "example": _example(country)}
    if fault.fault == "check_digit" and (right := _with_right_digit(digits)):
        return _(
            "The last digit of %(text)s does not fit the others: it would be %(right)s. "
            "Look for a digit that was mistyped."
        ) % {"text": fault.text.strip(), "right": right}
    if fault.fault == "check_digit":
        return _("%(text)s is no number of an organisation. Look for a digit mistyped.") % {
            "text": fault.text.strip()
        }
    if country == "NO":
        return _("A Norwegian number has 9 digits; this has %(count)d. Example: %(example)s.") % {
            "count": len(digits),
            "example": _example("NO"),
        }
    return _("A Swedish number has 10 digits; this has %(count)d. Example: %(example)s.") % {
        "count": len(digits),
        "example": _example("SE"),
    }


def _example(country: str) -> str:
    return "923 609 016" if country == "NO" else "556036-0793"


def _with_right_digit(digits: str) -> str:
    """The number with the last digit that its others call for, or nothing where there is none."""
    if len(digits) == NORWEGIAN_DIGITS:
        fits = (f"{digits[:-1]}{last}" for last in range(10))
        return next((written(one, "NO") for one in fits if norwegian.is_valid(one)), "")
    ten = digits[-SWEDISH_DIGITS:]
    if len(ten) != SWEDISH_DIGITS or len(digits) not in (SWEDISH_DIGITS, 12):
        return ""
    return written(ten[:-1] + luhn.calc_check_digit(ten[:-1]), "SE")
