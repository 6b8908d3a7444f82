"""How organisations are found: by every name and number that they have or had."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from klustermotor.analysis.identifiers import OrganisationNumber
from klustermotor.core.models import User
from klustermotor.core.search import EVERYTHING, NOTHING, Entry, Hit, Question, number_words
from klustermotor.register.models import (
    Establishment,
    FormerNumber,
    Organisation,
    OrganisationName,
    OrganisationTag,
)

DESCRIPTION_LETTERS = 400
COLUMNS = (
    "pk", "name", "number", "municipality__name", "city", "website", "email", "description",
)  # fmt: skip


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By names, numbers, place, tags, establishments and what it does; never by its people."""
    keys = list(keys)
    more: dict[UUID, list[str]] = defaultdict(list)
    for key, name in _of(OrganisationName, keys, "name"):
        more[key].append(name)
    for key, number in _of(FormerNumber, keys, "number"):
        more[key].append(number_words(number))
    for key, tag in _of(OrganisationTag, keys, "tag__name"):
        more[key].append(tag)
    for key, *words in _of(Establishment, keys, "name", "number", "city"):
        more[key].extend(words)
    for row in Organisation.objects.filter(pk__in=keys).order_by().values_list(*COLUMNS):
        key, name, number, place, city, website, email, description = row
        parts = [
            number_words(number), place or "", city, website, email,
            description[:DESCRIPTION_LETTERS], *more[key],
        ]  # fmt: skip
        yield Entry(key=str(key), title=name, text=" ".join(filter(None, parts)))


def _of(model: Any, keys: list[Any], *columns: str) -> Any:
    rows = model.objects.filter(organisation__in=keys).order_by()
    return rows.values_list("organisation_id", *columns)


def hits(keys: Sequence[Any], question: Question) -> Mapping[str, Hit]:
    """Number and municipality; the earlier name or number where that is what answers."""
    rows = Organisation.objects.filter(pk__in=keys).select_related("municipality")
    return {
        str(row.pk): Hit(
            row.name,
            reverse("organisation", kwargs={"organisation": row.pk}),
            " · ".join(filter(None, [*_formerly(row, question), _number(row), _place(row)])),
        )
        for row in rows.prefetch_related("other_names", "former_numbers")
    }


def _number(row: Organisation) -> str:
    if not row.number or row.is_sole_trader:
        return ""
    if row.country not in ("SE", "NO"):
        return row.number
    return OrganisationNumber(row.country, row.number).written


def _place(row: Organisation) -> str:
    return row.municipality.name if row.municipality else row.city


def _formerly(row: Organisation, question: Question) -> Iterator[str]:
    """What it was called or numbered, when that is found and what it is called now is not."""
    if question.answered_by(row.name):
        return
    for other in row.other_names.all():
        if question.answered_by(other.name):
            if other.kind == OrganisationName.Kind.FORMER:
                yield _("formerly %(name)s") % {"name": other.name}
            else:
                yield _("trades as %(name)s") % {"name": other.name}
            return
    for former in row.former_numbers.all():
        if question.answered_by(number_words(former.number)):
            yield _("earlier number %(number)s") % {"number": former.number}
            return


def scopes(user: User) -> Collection[str] | None:
    """Whoever reads the register finds all of it."""
    return EVERYTHING if user.has_perm("register.view") else NOTHING
