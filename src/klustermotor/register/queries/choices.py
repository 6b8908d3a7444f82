"""What lists and forms let one choose from: places, industries, tags, clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from klustermotor.register.models import (
    Industry,
    Municipality,
    Organisation,
    Tag,
    ValueChainPosition,
)

TAGS_AT_MOST = 300


@dataclass(frozen=True)
class County:
    """A county and its municipalities, as (key, name); its own key is ``SE-20``."""

    key: str
    name: str
    municipalities: tuple[tuple[str, str], ...]


def counties() -> list[County]:
    """Every county with its municipalities, by country and name."""
    rows = Municipality.objects.order_by("country", "county", "county_code", "name").values_list(
        "country", "county_code", "county", "pk", "name"
    )
    return [
        County(f"{country}-{code}" if code else "", name, tuple((row[3], row[4]) for row in group))
        for (country, code, name), group in groupby(rows, key=lambda row: row[:3])
    ]


def sections() -> list[Industry]:
    """Sections and divisions of the standards that some organisation is classified by."""
    used = [standard for standard in Industry.Standard.values if _is_used(standard)]
    rows = Industry.objects.filter(
        standard__in=used, level__in=(Industry.Level.SECTION, Industry.Level.DIVISION)
    )
    by_parent: dict[str | None, list[Industry]] = {}
    for row in rows.order_by("standard", "code"):
        by_parent.setdefault(row.parent_id, []).append(row)
    found = []
    for section in by_parent.get(None, []):
        found += [section, *by_parent.get(section.pk, [])]
    return found


def _is_used(standard: str) -> bool:
    within = {"main_industry__gte": f"{standard}:0", "main_industry__lt": f"{standard}:z"}
    return Organisation.objects.filter(**within).exists()


def industry_ranges(key: str) -> Sequence[tuple[str, str]]:
    """Between which keys lie an industry and all its parts: from the first, below the second.

    A letter sorts after the point and the digits, in every collation.
    """
    ranges = [(key, f"{key}z")]
    parts = list(
        Industry.objects.filter(parent=key, parent__level=Industry.Level.SECTION)
        .order_by("code")
        .values_list("pk", flat=True)
    )
    if parts:
        ranges.append((parts[0], f"{parts[-1]}z"))
    return ranges


def tags() -> list[str]:
    """The tags in use, by name."""
    return list(Tag.objects.order_by("name").values_list("name", flat=True)[:TAGS_AT_MOST])


def clusters() -> list[str]:
    """The clusters that somebody has a position in."""
    named = ValueChainPosition.objects.order_by("cluster").values_list("cluster", flat=True)
    return list(named.distinct())
