"""What a cell of register data means: numbers, dates, places, words for kinds and sizes."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from math import isfinite

from klustermotor.analysis.identifiers import (
    NumberFaultError,
    OrganisationNumber,
    organisation_number,
)
from klustermotor.formats.coding import NOTHING
from klustermotor.formats.register.headings import Words, words
from klustermotor.formats.register.record import Country, Known

Wrong = tuple[str, dict[str, object]]
"""A kind of fault, as in `register_messages`, and its details."""

_EMAIL = re.compile(r"^[^@\s,;<>()]+@[A-Za-z0-9ÅÄÖåäöÆØæø.-]+\.[A-Za-z]{2,}$")
_HOST = re.compile(r"^(?:[A-Za-z0-9ÅÄÖåäöÆØæø-]+\.)+[A-Za-z]{2,}$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_EIGHT = re.compile(r"^((?:18|19|20)\d{2})(\d{2})(\d{2})$")
_NORDIC = re.compile(r"^(\d{1,2})[./](\d{1,2})[./ ]((?:18|19|20)\d{2})(?: .*)?$")
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$")
_SHORTENED = re.compile(r"^\d[.,]\d+E\+?\d+$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']")
_CODE = re.compile(r"^[A-Za-z]?\d[\d. ]*$|^[A-Z]$")
_EXCEL_DAY_NOUGHT = date(1899, 12, 30)

KINDS: Words = {
    "company": words(
        "company | företag | bedrift | foretak | bolag | näringsliv | næringsliv | business"
    ),
    "academia": words(
        "academia | akademi | universitet | högskola | høgskole | university | forskning | "
        "research | lärosäte"
    ),
    "public": words(
        "public | public body | offentlig | offentlig aktör | offentlig aktør | kommun | "
        "kommune | region | myndighet | fylkeskommune"
    ),
    "other": words(
        "other | annan | annat | annen | övrig | øvrig | förening | forening | association"
    ),
}
BASES: Words = {
    "public_interest": words(
        "public_interest | public interest | allmänt intresse | allmenn interesse"
    ),
    "contract": words("contract | avtal | avtale | kontrakt"),
    "legitimate_interest": words(
        "legitimate_interest | legitimate interest | berättigat intresse | intresseavvägning "
        "| berettiget interesse"
    ),
    "legal_duty": words("legal_duty | legal duty | rättslig förpliktelse | rettslig forpliktelse"),
    "consent": words("consent | samtycke | samtykke"),
}
PURPOSES: Words = {
    "contact": words("contact | kontakt"),
    "news": words("news | nyheter | nyhetsbrev | inbjudningar | invitasjoner | newsletter"),
    "survey": words("survey | surveys | enkät | enkäter | undersøkelse | undersøkelser"),
    "activity": words("activity | aktivitet | aktiviteter | activities"),
    "funding": words("funding | finansiering | redovisning | regnskap"),
}
POSITIONS: Words = {
    "upstream": words("upstream | uppströms | oppstrøms"),
    "midstream": words("midstream | mittströms | midtstrøms | mitten"),
    "downstream": words("downstream | nedströms | nedstrøms"),
}
SIZES: Words = {
    "0": words("0 | 0 anställda | 0 ansatte | inga anställda | ingen ansatte"),
    "1-9": words("1-9 | 1-4 | 5-9 | 1-9 anställda | mikro | micro | 1-4 anställda | 5-9 anställda"),
    "10-49": words(
        "10-49 | 10-19 | 20-49 | små | liten | small | 10-19 anställda | 20-49 anställda"
    ),
    "50-249": words(
        "50-249 | 50-99 | 100-199 | 200-249 | medelstor | mellomstor | medium | 50-99 "
        "anställda | 100-199 anställda"
    ),
    "250-": words(
        "250- | 250+ | >=250 | 250-499 | 500-999 | 1000- | stor | large | 500-999 anställda"
    ),
}
COUNTRIES: Words = {
    "SE": words("se | sverige | sweden | swe"),
    "NO": words("no | norge | norway | nor | noreg"),
    "FI": words("fi | finland"),
    "DK": words("dk | danmark | denmark"),
}


def is_nothing(text: str | None) -> bool:
    """Whether a cell is empty, or says that there is nothing."""
    return text is None or text.casefold() in NOTHING


def read_number(text: str, country: Country | None) -> OrganisationNumber | Wrong:
    """An organisation number, or what is wrong with it."""
    if _SHORTENED.match(text):
        return "number_shortened", {}
    try:
        return organisation_number(text.lstrip("'"), country)
    except NumberFaultError as error:
        kind = "letters" if error.fault == "empty" else error.fault
        return f"number_{kind}", {}


def read_date(text: str) -> str | Wrong:
    """A date as ISO text: 2024-05-31, 20240531, 31.5.2024, 31/5 2024, or Excel's day number."""
    for pattern in (_ISO, _EIGHT):
        if found := pattern.match(text):
            return _date(*(int(part) for part in found.groups()[:3]))
    if found := _NORDIC.match(text):
        day, month, year = (int(part) for part in found.groups()[:3])
        return _date(year, month, day)
    if _SERIAL.match(text):
        return (_EXCEL_DAY_NOUGHT + timedelta(days=int(text[:5]))).isoformat()
    return "wrong_date", {}


def _date(year: int, month: int, day: int) -> str | Wrong:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return "wrong_date", {}


def read_figure(text: str, low: float = 0, high: float = 1e15) -> float | Wrong:
    """A number with decimal comma or point, blanks or dots between thousands, or a percent sign."""
    plain = _BLANKS.sub("", text).removesuffix("%").replace("\u2212", "-")
    if "," in plain and "." in plain:
        thousands = "." if plain.rfind(",") > plain.rfind(".") else ","
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    try:
        value = float(plain)
    except ValueError:
        return "wrong_figure_in_register", {}
    if not isfinite(value):
        return "wrong_figure_in_register", {}
    if low == 0 and value < 0:
        return "negative", {}
    if not low <= value <= high:
        return "out_of_range", {"low": _plain(low), "high": _plain(high)}
    return value


def _plain(value: float) -> str:
    """A bound as people write it: 1 000 000, not 1e+06."""
    return f"{value:,.0f}".replace(",", " ")


def read_email(text: str) -> str | Wrong:
    """An e-mail address."""
    text = text.removeprefix("mailto:")
    return text if _EMAIL.match(text) and len(text) <= 254 else ("wrong_email", {})


def read_website(text: str) -> str | Wrong:
    """A web address, completed with https:// where it has none."""
    bare = re.sub(r"^https?://", "", text, flags=re.IGNORECASE)
    host = re.split(r"[/?#:]", bare, maxsplit=1)[0]
    if not _HOST.match(host) or " " in bare or len(text) > 190:
        return "wrong_website", {}
    return text if bare != text else f"https://{text}"


def read_word(text: str, words: Mapping[str, tuple[str, ...]]) -> str | Wrong:
    """Which of the values a word means, in any of the languages."""
    plain = " ".join(text.casefold().replace("–", "-").split())
    for value, alike in words.items():
        if plain in alike or plain == value:
            return value
    return "not_one_of", {"known": tuple(alike[0] for alike in words.values())}


def read_municipality(text: str, country: str, known: Known) -> str | Wrong:
    """The id of a municipality from its code (2080, SE-2080, 0301) or its name."""
    plain = text.strip()
    if plain.upper().startswith(("SE-", "NO-")):
        plain, country = plain[3:], plain[:2].upper()
    if plain.isdigit():
        key = f"{country}-{plain.zfill(4)}"
        if key in known.municipalities:
            return key
    elif key := known.municipality_named(plain, country):
        return key
    return "unknown_municipality", {}


def industry_code(text: str) -> str:
    """The code at the beginning of a cell (``62010 Dataprogrammering``), dots as the standard."""
    first = text.strip().split(" ")[0].rstrip(":;,")
    digits = first.replace(".", "")
    if not digits.isdigit():
        return first.upper() if _CODE.match(first) else ""
    return dotted(digits)


@lru_cache(maxsize=4096)
def dotted(digits: str) -> str:
    """Digits of a code as it is written: 24, 24.1, 24.10, 24.100."""
    return digits if len(digits) <= 2 else f"{digits[:2]}.{digits[2:]}"


def read_industry(text: str, standard: str, known: Known) -> str | Wrong:
    """The id of an industry. A finer code than those loaded counts when its division is known."""
    if text.strip() in known.industries:
        return text.strip()  # as our own files write it
    code = industry_code(text)
    key = f"{standard}:{code}"
    if code and key in known.industries:
        return key
    digits = code.replace(".", "")
    if (
        digits.isdigit()
        and 3 <= len(digits) <= 5
        and f"{standard}:{digits[:2]}" in known.industries
    ):
        return key
    return "unknown_industry", {"standard": standard}


def size_of(employees: float) -> str:
    """The size class of so many employees."""
    for most, size in ((0, "0"), (9, "1-9"), (49, "10-49"), (249, "50-249")):
        if employees <= most:
            return size
    return "250-"
