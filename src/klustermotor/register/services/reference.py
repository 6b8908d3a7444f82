"""Put what is shipped of industries and municipalities into the database.

What is there stays: a fuller list that somebody loaded, or a better boundary, is not taken back.
"""

from dataclasses import dataclass

from django.db import transaction

from klustermotor.register import reference
from klustermotor.register.models import Industry, IndustryCrosswalk, Municipality

STANDARDS = {
    reference.OLD: (Industry.Standard.SNI2007, Industry.Standard.SN2007),
    reference.NEW: (Industry.Standard.SNI2025, Industry.Standard.SN2025),
}
FILLED_IN = ("county_code", "county", "latitude", "longitude", "boundary")


@dataclass(frozen=True)
class Loaded:
    """How many rows were new, and how many had something filled in."""

    industries: int
    bridges: int
    municipalities: int
    filled_in: int

    @property
    def nothing(self) -> bool:
        return not (self.industries or self.bridges or self.municipalities or self.filled_in)


@transaction.atomic
def load_reference_data() -> Loaded:
    """Add the industries, bridges and municipalities that are missing; again changes nothing."""
    industries = load_industries()
    bridges = _load_bridges()
    created, filled_in = load_municipalities()
    return Loaded(industries, bridges, created, filled_in)


def load_industries() -> int:
    """Add the sections and divisions that are missing; return how many."""
    there = set(Industry.objects.values_list("pk", flat=True))
    rows = [
        Industry(
            id=f"{standard}:{row.code}",
            standard=standard,
            code=row.code,
            level=Industry.Level.DIVISION if row.parent else Industry.Level.SECTION,
            parent_id=f"{standard}:{row.parent}" if row.parent else None,
            titles=row.titles,
        )
        for version, standards in STANDARDS.items()
        for standard in standards
        for row in reference.industries(version)
    ]
    missing = [row for row in rows if row.pk not in there]
    Industry.objects.bulk_create(missing)
    return len(missing)


def _load_bridges() -> int:
    there = set(IndustryCrosswalk.objects.values_list("old_id", "new_id"))
    pairs = zip(STANDARDS[reference.OLD], STANDARDS[reference.NEW], strict=True)
    rows = [
        IndustryCrosswalk(
            old_id=f"{old_standard}:{old}", new_id=f"{new_standard}:{new}", is_partial=partial
        )
        for old_standard, new_standard in pairs
        for old, new, partial in reference.bridges()
    ]
    missing = [row for row in rows if (row.old_id, row.new_id) not in there]
    IndustryCrosswalk.objects.bulk_create(missing)
    return len(missing)


def load_municipalities() -> tuple[int, int]:
    """Add those missing and fill in what is empty; return how many of each."""
    there = Municipality.objects.in_bulk()
    new, filled_in = [], []
    for row in reference.municipalities():
        known = there.get(f"{row.country}-{row.code}")
        if known is None:
            new.append(
                Municipality(
                    id=f"{row.country}-{row.code}",
                    country=row.country,
                    code=row.code,
                    name=row.name,
                    **{field: getattr(row, field) for field in FILLED_IN},
                )
            )
            continue
        empty = [
            field
            for field in FILLED_IN
            if getattr(known, field) in (None, "") and getattr(row, field) is not None
        ]
        for field in empty:
            setattr(known, field, getattr(row, field))
        if empty:
            filled_in.append(known)
    Municipality.objects.bulk_create(new)
    Municipality.objects.bulk_update(filled_in, FILLED_IN)
    return len(new), len(filled_in)
