"""The scan of the register for organisations that are in it twice, and likely ones in a load."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from klustermotor.register.models import (
    DuplicateProposal,
    NotTheSame,
    Organisation,
    OrganisationName,
)

if TYPE_CHECKING:
    import polars as pl

LIKELY = 0.5
"""A pair of the register below this is not shown to anybody."""
AT_A_TIME = 2000
COLUMNS = ("id", "name", "number", "street", "postcode", "city", "municipality", "industry", "text")

Progress = Callable[[float, str], None]


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
    from uuid import UUID

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
    return frame.join(_other_names(), on="id", how="left")


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


def likely_among(newcomers: Sequence[Any]) -> Iterable[tuple[Any, dict[str, Any]]]:
    """Rows of a load that look like an organisation of the register, with the link."""
    import polars as pl

    from klustermotor.analysis.linkage import link_organisations

    if not newcomers:
        return []
    columns = ("id", "name", "number", "street", "postcode", "municipality")
    left = pl.DataFrame(
        [
            (str(n), one.name, one.number or None, one.street or None, one.postcode or None,
             one.municipality or None)
            for n, one in enumerate(newcomers)
        ],
        schema=dict.fromkeys(columns, pl.String),
        orient="row",
    )  # fmt: skip
    links = link_organisations(left, register_frame(), at_least=LIKELY).links
    return [(newcomers[int(link["left_id"])], link) for link in links.iter_rows(named=True)]
