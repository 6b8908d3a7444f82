"""Small pieces of the register's pages."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klustermotor.core.models import User
from klustermotor.core.templatetags.design import number
from klustermotor.register import numbers
from klustermotor.register.models import Establishment, EstablishmentYear, Organisation, YearlyFact
from klustermotor.register.pictures import sparkline
from klustermotor.register.queries.loading import field_label
from klustermotor.register.queries.organisation import Series

register = template.Library()


@register.filter
def may(user: User, permission: str) -> bool:
    """Whether a rule that is about the register as a whole holds for the visitor."""
    return user.has_perm(permission)


@register.filter
def written_number(organisation: Organisation) -> str:
    """Its number as people write it."""
    return numbers.written(organisation.number, organisation.country)


@register.filter
def unlocalized(value: float) -> str:
    """A number as a picture has it: with a decimal point in every language."""
    return f"{value:g}"


@register.filter
def field_word(name: str, kind: str) -> str:
    """What a field of a file of register data is called."""
    return field_label(name, kind) if name else "–"


@register.filter
def amount(value: Decimal) -> str:
    """A figure without decimals that say nothing: 12 345, 12,5."""
    return number(value if value % 1 else value.quantize(Decimal(1)))


@register.filter
def unit_in_words(unit: str) -> str:
    """A unit in the reader's language: persons, kronor, percent."""
    words = {
        "persons": _("persons"),
        "SEK": _("Swedish kronor"),
        "NOK": _("Norwegian kroner"),
        "percent": _("percent"),
    }
    return words.get(unit, unit)


@register.simple_tag
def line_of(series: Series) -> SafeString:
    """A small picture of a measure over the years, told in words to those who cannot see it."""
    return sparkline(series.points, _told(series.label, series.points))


@register.filter
def latest_employees(establishment: Establishment) -> EstablishmentYear | None:
    """How many work at an establishment, as far as is known."""
    years = _by_year(establishment)
    return years[max(years)] if years else None


@register.simple_tag
def employees_line(establishment: Establishment) -> SafeString:
    """The employees of an establishment over the years."""
    years = _by_year(establishment)
    points = [(year, float(years[year].employees)) for year in sorted(years)]
    return sparkline(points, _told(_("employees"), points))


def _by_year(establishment: Establishment) -> dict[int, EstablishmentYear]:
    """One figure a year: what somebody entered themselves before what a source tells."""
    rows = sorted(establishment.years.all(), key=lambda row: (is_by_hand(row), str(row.as_of)))
    return {row.year: row for row in rows}


def _told(label: str, points: list[tuple[int, float]]) -> str:
    if not points:
        return label
    (first, before), (last, now) = points[0], points[-1]
    return _("%(what)s: %(before)s in %(first)d, %(now)s in %(last)d") % {
        "what": capfirst(label),
        "before": amount(Decimal(str(before))),
        "first": first,
        "now": amount(Decimal(str(now))),
        "last": last,
    }


@register.filter
def is_by_hand(fact: YearlyFact | EstablishmentYear) -> bool:
    """Whether somebody entered a figure themselves."""
    return fact.source_id == fact.source.BY_HAND


@register.filter
def source_name(source: object) -> str:
    """A source as the page names it."""
    if getattr(source, "pk", "") == "by_hand":
        return _("by hand")
    return str(source)
