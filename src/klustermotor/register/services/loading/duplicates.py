"""Whether a row that would become a new organisation may already be in the register.

Two kinds of looking: an exact one (the same name but for its legal form in the same municipality)
that costs next to nothing, and whoever is registered by `use_finder`, such as the linkage of
`analysis`, which finds misspelt and renamed ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from klustermotor.register.models import Organisation, SourceKey
from klustermotor.register.services.loading.names import plain_name


@dataclass(frozen=True)
class Newcomer:
    """An organisation that a load would create."""

    row: int
    name: str
    number: str
    municipality: str
    street: str
    postcode: str


@dataclass(frozen=True)
class Likeness:
    """A newcomer's row, and the organisation of the register that it may be."""

    row: int
    organisation: str
    name: str
    number: str
    reason: str = ""


Finder = Callable[[Sequence[Newcomer]], Iterable[Likeness]]


def by_linkage(newcomers: Sequence[Newcomer]) -> list[Likeness]:
    """Misspelt and renamed ones, by the linkage of `analysis`; it is loaded when first needed."""
    from klustermotor.register.services.duplicates import likely_newcomers

    return [
        Likeness(one.row, one.organisation, one.name, one.number, one.reason)
        for one in likely_newcomers(newcomers)
    ]


_finders: dict[str, Finder] = {"linkage": by_linkage}


def use_finder(name: str, finder: Finder) -> None:
    """Ask `finder` about the newcomers of every load; the same name again replaces it.

    It is called with the newcomers of a few thousand rows at a time and returns those that look
    like an organisation of the register. What it returns is shown as a warning and stops nothing.
    """
    _finders[name] = finder


def likenesses(newcomers: Sequence[Newcomer]) -> Mapping[int, Likeness]:
    """Row → what the registered finders hold it to be; the first to find something counts."""
    found: dict[int, Likeness] = {}
    for finder in _finders.values():
        for likeness in finder(newcomers):
            found.setdefault(likeness.row, likeness)
    return found


@dataclass(frozen=True)
class Namesake:
    """An organisation of the register with a name that was asked for."""

    id: str
    name: str
    number: str
    street: str
    postcode: str


class Namesakes:
    """The organisations of each municipality by plain name, read when first asked for.

    `beside` leaves out those that a source knows by a key of its own: in a national register a
    company is who its number says, so only what came from elsewhere can be the same.
    """

    def __init__(self, beside: str = "") -> None:
        self._beside = beside
        self._places: dict[str, dict[str, list[Namesake]]] = {}

    def of(self, name: str, municipality: str) -> list[Namesake]:
        """Those with this name in this municipality."""
        if municipality not in self._places:
            self._places[municipality] = self._read(municipality)
        return self._places[municipality].get(plain_name(name), [])

    def _read(self, municipality: str) -> dict[str, list[Namesake]]:
        rows = Organisation.objects.filter(municipality=municipality or None)
        if self._beside:
            keyed = SourceKey.objects.filter(source=self._beside, model="organisation")
            rows = rows.exclude(pk__in=keyed.values("row"))
        found: dict[str, list[Namesake]] = {}
        named = rows.values_list("id", "name", "number", "street", "postcode")
        for key, name, *rest in named.iterator(chunk_size=5000):
            found.setdefault(plain_name(name), []).append(Namesake(key.hex, name, *rest))
        return found
