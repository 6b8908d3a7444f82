"""Figures of years: those of the organisation, and the employees of its establishments."""

from datetime import date
from decimal import Decimal

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import (
    Establishment,
    EstablishmentYear,
    Organisation,
    YearlyFact,
)
from klustermotor.register.services import hanging
from klustermotor.register.services.done import Done
from klustermotor.register.services.provenance import by_hand


def record_fact(
    organisation: Organisation,
    year: int,
    measure: str,
    value: Decimal,
    *,
    unit: str = "",
    as_of: date | None = None,
    by: User,
) -> Done[YearlyFact]:
    """A figure told by hand; the same year and measure again replaces it, sources stay beside."""
    with acting(by, "fact.recorded") as act:
        known = {
            "organisation": organisation,
            "year": year,
            "measure": measure,
            "source": by_hand(),
        }
        row = YearlyFact.objects.filter(**known).first() or YearlyFact(**known)
        row.value, row.unit, row.as_of = value, unit, as_of
        row.save()
        hanging.touch(row)
    return Done(row, act.at)


def record_employees(
    establishment: Establishment,
    year: int,
    employees: Decimal,
    *,
    as_of: date | None = None,
    by: User,
) -> Done[EstablishmentYear]:
    """How many worked there in a year, told by hand; the same year again replaces it."""
    with acting(by, "establishment.employees_recorded") as act:
        known = {"establishment": establishment, "year": year, "source": by_hand()}
        row = EstablishmentYear.objects.filter(**known).first() or EstablishmentYear(**known)
        row.employees, row.as_of = employees, as_of
        row.save()
        hanging.touch(row)
    return Done(row, act.at)
