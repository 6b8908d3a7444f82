"""Numbers with right check digits from series that no real organisation is known to have.

Sweden: companies as 558000-0000 and on (limited companies are numbered from 556 and 559), public
bodies and universities from 299900, economic associations from 799900, non-profit ones from
899900. Norway: numbers of the register begin with 8 or 9, these with 2. Establishments have
99 and six digits in Sweden, and in Norway numbers that begin with 28.
"""

from collections.abc import Iterator

from stdnum import luhn
from stdnum.no import orgnr

SERIES = {"company": 558_000_000, "public": 299_900_000, "academia": 299_950_000,
          "other": 799_900_000, "association": 899_900_000}  # fmt: skip
NORWEGIAN, NORWEGIAN_UNITS, SWEDISH_UNITS = 20_000_000, 28_000_000, 99_000_000


def swedish(series: str) -> Iterator[str]:
    """Organisation numbers of a series, one after the other."""
    number = SERIES[series]
    while True:
        yield f"{number}{luhn.calc_check_digit(str(number))}"
        number += 7


def norwegian(start: int = NORWEGIAN) -> Iterator[str]:
    """Norwegian numbers; those whose check digit would be ten do not exist."""
    number = start
    while True:
        number += 1
        yield from (f"{number}{d}" for d in range(10) if orgnr.is_valid(f"{number}{d}"))


def swedish_units() -> Iterator[str]:
    """Numbers of Swedish establishments, which have no check digit."""
    number = SWEDISH_UNITS
    while True:
        number += 1
        yield str(number)
