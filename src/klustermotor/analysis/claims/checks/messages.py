"""What the proofreader says, in the language of the text."""

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.numbers import NBSP, number

_UNITS = {
    "percent": {"sv": "procent", "nb": "prosent", "en": "percent"},
    "points": {"sv": "procentenheter", "nb": "prosentpoeng", "en": "percentage points"},
}

_TEXTS: dict[str, tuple[str, str, str]] = {
    "or": (" eller ", " eller ", " or "),
    "impossible": (
        "{cell} är omöjligt: inget helt antal av n = {n} ger den andelen, hur den än avrundas.",
        "{cell} er umulig: ikke noe helt antall av n = {n} gir den andelen, uansett avrunding.",
        "{cell} is impossible: no whole number out of n = {n} gives that share, however rounded.",
    ),
    "nearest_n": (
        "Närmast skulle n = {n} göra den möjlig.",
        "Nærmest ville n = {n} gjøre den mulig.",
        "The nearest n that would make it possible is {n}.",
    ),
    "only_cut": (
        "{cell} är möjligt för n = {n} bara om decimalerna har kapats i stället för avrundats.",
        "{cell} er mulig for n = {n} bare hvis desimalene er kuttet i stedet for avrundet.",
        "{cell} is possible for n = {n} only if the decimals were cut rather than rounded.",
    ),
    "only_cut_refuted": (
        "{cell} är möjligt för n = {n} bara om decimalerna har kapats, men {other} är avrundat.",
        "{cell} er mulig for n = {n} bare hvis desimalene er kuttet, men {other} er avrundet.",
        "{cell} is possible for n = {n} only if the decimals were cut, but {other} is rounded.",
    ),
    "column_sum": (
        "{table}, {wave}: andelarna av samma total blir {parts} = {total}, inte 100 procent, "
        "mer än avrundning kan förklara.",
        "{table}, {wave}: andelene av samme total blir {parts} = {total}, ikke 100 prosent, "
        "mer enn avrunding kan forklare.",
        "{table}, {wave}: the shares of one total make {parts} = {total}, not 100 percent, more "
        "than rounding can explain.",
    ),
    "column_missing": (
        "Ange den del som saknas, till exempel vet ej eller ej svar.",
        "Oppgi den delen som mangler, for eksempel vet ikke eller ubesvart.",
        "State the part that is missing, for instance don't know or no answer.",
    ),
    "column_over": (
        "Kontrollera andelarna, eller skriv att flera svar fick anges.",
        "Kontroller andelene, eller skriv at flere svar var mulig.",
        "Check the shares, or say that several answers were allowed.",
    ),
    "overfull": (
        "{item}: {parts} = {total} är fler än de {n} som svarade på frågan med ett svar var.",
        "{item}: {parts} = {total} er flere enn de {n} som svarte på spørsmålet med ett svar hver.",
        "{item}: {parts} = {total} is more than the {n} who gave one answer each.",
    ),
    "not_a_share": (
        "{cell} är ingen möjlig andel.",
        "{cell} er ingen mulig andel.",
        "{cell} is no possible share.",
    ),
}
_ORDER = {"sv": 0, "nb": 1, "en": 2}


def say(key: str, language: str, **values: object) -> str:
    """A message in sv, nb or en."""
    return _TEXTS[key][_ORDER[language]].format(**values)


def percent(value: float, language: str, decimals: int = 0) -> str:
    """ "43 procent" """
    return f"{number(value, language, decimals)}{NBSP}{_UNITS['percent'][language]}"


def points(value: float, language: str, decimals: int = 0) -> str:
    """ "8 procentenheter"; singular where the language has one."""
    unit = _UNITS["points"][language]
    if abs(value) == 1:
        unit = {"sv": "procentenhet", "en": "percentage point"}.get(language, unit)
    return f"{number(value, language, decimals)}{NBSP}{unit}"


def figure(cell: TableCell, language: str, value: float | None = None) -> str:
    """A cell's value (or another in its unit) as the language writes it."""
    number_shown = cell.value if value is None else value
    decimals = cell.decimals if cell.decimals is not None else 1
    if cell.unit == "percent":
        return percent(number_shown, language, decimals)
    if cell.unit == "points":
        return points(number_shown, language, decimals)
    return number(number_shown, language, decimals)


def shown(cell: TableCell, language: str, name: str = "") -> str:
    """ "34 procent (Tabell 30: Lägre kostnader, 2008)" """
    where = ", ".join(part for part in (name or cell.name, cell.wave) if part)
    return f"{figure(cell, language)} ({cell.table}: {where})"
