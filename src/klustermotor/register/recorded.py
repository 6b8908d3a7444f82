"""Which tables hold the history of a thing: its own, and those of all that hangs on it.

for part in parts_of(organisation): part.records(organisation.pk)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from klustermotor.register.models import (
    Establishment,
    EstablishmentYear,
    FormerNumber,
    LegalBasis,
    Note,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    SecrecyMark,
    ValueChainPosition,
    YearlyFact,
)


@dataclass(frozen=True)
class Part:
    """A table, and how its history is narrowed to one thing; `owner` is the field that says whose.

    Parts come in the order in which they are made: what hangs on a part comes after it.
    """

    model: type[models.Model]
    where: Callable[[UUID], Q]
    owner: str = ""

    def records(self, thing: UUID) -> QuerySet[Any]:
        """All versions of the part's rows that belong to the thing, latest first."""
        history: Any = self.model.history  # type: ignore[attr-defined]
        found: QuerySet[Any] = history.filter(self.where(thing))
        return found.order_by("-history_date", "-history_id")


def _own(thing: UUID) -> Q:
    return Q(id=thing)


def _through(field: str) -> Callable[[UUID], Q]:
    return lambda thing: Q(**{f"{field}_id": thing})


def _of_its_establishments(thing: UUID) -> Q:
    history: Any = Establishment.history
    ids = history.filter(organisation_id=thing).order_by().values("id")
    return Q(establishment_id__in=ids)


def _marks_on(model: type[models.Model]) -> Callable[[UUID], Q]:
    label = model._meta.label_lower
    return lambda thing: Q(model=label, row=thing)


_OF_ORGANISATION = "organisation"
_PARTS: dict[type[models.Model], tuple[Part, ...]] = {
    Organisation: (
        Part(Organisation, _own),
        *(
            Part(model, _through(_OF_ORGANISATION), _OF_ORGANISATION)
            for model in (
                OrganisationName,
                FormerNumber,
                OrganisationIndustry,
                OrganisationTag,
                ValueChainPosition,
                YearlyFact,
                Establishment,
            )
        ),
        Part(EstablishmentYear, _of_its_establishments, "establishment"),
        Part(PersonRole, _through(_OF_ORGANISATION), _OF_ORGANISATION),
        Part(Note, _through(_OF_ORGANISATION), _OF_ORGANISATION),
        Part(SecrecyMark, _marks_on(Organisation)),
    ),
    Person: (
        Part(Person, _own),
        Part(PersonRole, _through("person"), "person"),
        Part(LegalBasis, _through("person"), "person"),
        Part(Note, _through("person"), "person"),
        Part(SecrecyMark, _marks_on(Person)),
    ),
}


def parts_of(model: type[models.Model]) -> tuple[Part, ...]:
    """The tables that tell of organisations, or of people."""
    return _PARTS[model]
