"""The scan of the register for organisations that are in it twice, and likely ones in a load."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from klustermotor.register.models import (
    DuplicateProposal,
    Municipality,
    NotTheSame,
    Organisation,
    OrganisationName,
)

if TYPE_CHECKING:
    import polars as pl

SMALL = 20_000
NEWCOMERS_THERE = 0.1
"""How many rows that no number finds are thought to be in the register all the same."""
LIKELY = 0.5
"""A pair of the register below this is not shown to anybody."""
AT_A_TIME = 2000
COMMON = 0.01
"""A word of more than this share of the descriptions, and of `OFTEN`, tells nobody apart."""
OFTEN = 5
COLUMNS = ("id", "name", "number", "street", "postcode", "city", "municipality", "industry", "text")

_WORD = re.compile(r"\w+")

Progress = Callable[[float, str], None]


class Newcomer(Protocol):
    """A row of a load that no number or key finds; ``municipality`` is a key."""

    @property
    def row(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def postcode(self) -> str: ...


def scan(progress: Progress | None = None) -> int:
    """Look for pairs that are alike and propose them; returns how many wait for an answer.

    What somebody has found not to be the same is not proposed again; what is alike no more is
    proposed no more.
    """
    from klustermotor.analysis.linkage import evidence_of, find_duplicates

    links = find_duplicates(register_frame(), at_least=LIKELY, progress=progress).links
    apart = {frozenset(pair) for pair in NotTheSame.objects.values_list("left_id", "right_id")}
    moment = timezone.now()
    rows = []
    for link in links.iter_rows(named=True):
        left, right = sorted((link["left_id"], link["right_id"]))
        rows.append(
            DuplicateProposal(
                left_id=left,
                right_id=right,
                probability=link["probability"],
                bars=[[bar.comparison, bar.level, round(bar.bits, 2)] for bar in evidence_of(link)],
                names=_names(link, turned=left != link["left_id"]),
                found_at=moment,
            )
        )
    with transaction.atomic():
        there = set(Organisation.objects.values_list("pk", flat=True)) if rows else set()
        rows = [
            row
            for row in rows
            if {_key(row.left_id), _key(row.right_id)} <= there
            and frozenset((_key(row.left_id), _key(row.right_id))) not in apart
        ]
        DuplicateProposal.objects.bulk_create(
            rows,
            batch_size=AT_A_TIME,
            update_conflicts=True,
            unique_fields=["left", "right"],
            update_fields=["probability", "bars", "names", "found_at"],
        )
        open_ones = DuplicateProposal.objects.filter(state=DuplicateProposal.State.OPEN)
        open_ones.filter(found_at__lt=moment).delete()
        return open_ones.count()


def _key(text: Any) -> Any:
    return text if isinstance(text, UUID) else UUID(text)


def _names(link: dict[str, Any], *, turned: bool) -> list[str]:
    names = [
        f"{link[f'written_{side}']} ({link[f'period_{side}']})"
        if link[f"period_{side}"]
        else link[f"written_{side}"]
        for side in ("l", "r")
    ]
    return names[::-1] if turned else names


def register_frame(rows: Any = None) -> "pl.DataFrame":
    """The register as `analysis.linkage` takes it, with the other names of each organisation."""
    import polars as pl

    rows = Organisation.objects.all() if rows is None else rows
    read = rows.order_by("pk").values_list(
        "id", "name", "number", "street", "postcode", "city", "municipality__name",
        "main_industry__code", "description",
    )  # fmt: skip
    table = [
        (str(key), *(value or None for value in rest))
        for key, *rest in read.iterator(chunk_size=AT_A_TIME)
    ]
    frame = pl.DataFrame(table, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    frame = frame.with_columns(pl.Series("text", _telling(frame["text"]), dtype=pl.String))
    return frame.join(_other_names(), on="id", how="left")


def _telling(texts: Iterable[str | None]) -> list[str | None]:
    """The descriptions without the words that many have: set phrases, titles of industries."""
    words = [_WORD.findall((text or "").casefold()) for text in texts]
    often = Counter(word for some in words for word in set(some))
    most = max(OFTEN, COMMON * sum(map(bool, words)))
    return [" ".join(word for word in some if often[word] <= most) or None for some in words]


def _other_names() -> "pl.DataFrame":
    """``former_names`` as the linkage reads them: with their dates, parted by semicolons."""
    import polars as pl

    found: dict[str, list[str]] = {}
    named = OrganisationName.objects.order_by("organisation", "used_from", "name")
    for key, name, since, until in named.values_list(
        "organisation_id", "name", "used_from", "used_to"
    ).iterator(chunk_size=AT_A_TIME):
        dates = f" ({since or ''}–{until or ''})" if since or until else ""
        found.setdefault(str(key), []).append(name.replace(";", ",") + dates)
    rows = [(key, "; ".join(names)) for key, names in found.items()]
    return pl.DataFrame(rows, schema={"id": pl.String, "former_names": pl.String}, orient="row")


@dataclass(frozen=True)
class Likely:
    """A row of a load, and the organisation of the register that it may be."""

    row: int
    organisation: str
    name: str
    number: str
    reason: str


def likely_newcomers(newcomers: Sequence[Newcomer]) -> list[Likely]:
    """Which rows that a load would add look like an organisation that is there already.

    Misspelt and renamed ones too. Above `SMALL` organisations a row is held only against those of
    its own municipality and those without one.
    """
    from klustermotor.analysis.linkage import link_organisations, reasons
    from klustermotor.formats.linkage_words import REASONS

    rows = Organisation.objects.all()
    if all(one.number for one in newcomers):  # two numbers that differ are two organisations
        rows = rows.filter(number="")
    if not newcomers or not rows.exists():
        return []
    places = {one.municipality for one in newcomers if one.municipality}
    if rows.count() > SMALL:
        rows = rows.filter(Q(municipality__in=places) | Q(municipality=None))
    links = link_organisations(
        _as_list(newcomers, places), register_frame(rows), at_least=LIKELY, expected=NEWCOMERS_THERE
    ).links
    said = reasons(links, REASONS.get((get_language() or "sv")[:2], REASONS["sv"]))
    known = Organisation.objects.in_bulk([UUID(key) for key in links["right_id"]])
    found = []
    for link, reason in zip(links.iter_rows(named=True), said, strict=True):
        organisation = known[UUID(link["right_id"])]
        row = newcomers[int(link["left_id"])].row
        found.append(
            Likely(row, organisation.pk.hex, organisation.name, organisation.number, reason)
        )
    return found


def _as_list(newcomers: Sequence[Newcomer], places: Collection[str]) -> "pl.DataFrame":
    import polars as pl

    named = dict(Municipality.objects.filter(pk__in=places).values_list("pk", "name"))
    columns = ("id", "name", "number", "street", "postcode", "municipality")
    rows = [
        (
            str(place),
            one.name,
            one.number or None,
            one.street or None,
            one.postcode or None,
            named.get(one.municipality),
        )
        for place, one in enumerate(newcomers)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
