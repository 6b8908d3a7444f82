"""How organisations are found: by every name and number that they have or had."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Prefetch
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from klustermotor.analysis.identifiers import OrganisationNumber
from klustermotor.core.models import User
from klustermotor.core.search import (
    EVERYTHING,
    NOTHING,
    Entry,
    Hit,
    Question,
    Seen,
    among,
    number_words,
)
from klustermotor.register.models import (
    Establishment,
    FormerNumber,
    Organisation,
    OrganisationName,
    OrganisationTag,
    SecrecyMark,
)
from klustermotor.register.queries.secrecy import closed_to, standing_marks, visible_to

DESCRIPTION_LETTERS = 400
PARTS = (OrganisationName, FormerNumber, OrganisationTag, Establishment)
COLUMNS = (
    "pk", "name", "number", "municipality__name", "city", "website", "email", "description",
)  # fmt: skip


def entries(keys: Collection[Any]) -> Iterator[Entry]:
    """By names, numbers, place, tags, establishments and what it does; never by its people."""
    wanted = among(keys)
    more: dict[UUID, list[str]] = defaultdict(list)
    for key, name in _of(OrganisationName, wanted, "name"):
        more[key].append(name)
    for key, number in _of(FormerNumber, wanted, "number"):
        more[key].append(number_words(number))
    for key, tag in _of(OrganisationTag, wanted, "tag__name"):
        more[key].append(tag)
    for key, *words in _of(Establishment, wanted, "name", "number", "city"):
        more[key].extend(words)
    for row in Organisation.objects.filter(pk__in=wanted).order_by().values_list(*COLUMNS):
        key, name, number, place, city, website, email, description = row
        parts = [
            number_words(number), place or "", city, website, email,
            description[:DESCRIPTION_LETTERS], *more[key],
        ]  # fmt: skip
        yield Entry(key=str(key), title=name, text=" ".join(filter(None, parts)))


def _of(model: Any, wanted: RawSQL, *columns: str) -> Any:
    """What hangs on them; a name or a place that may not be told finds nobody."""
    marked = standing_marks().filter(model=model._meta.label_lower).values("row")
    rows = model.objects.filter(organisation__in=wanted).exclude(pk__in=marked).order_by()
    return rows.values_list("organisation_id", *columns)


def marked(mark: SecrecyMark) -> list[Any]:
    """The organisations whose entries change when a mark is set on, or taken off, a part."""
    model = apps.get_model(mark.model)
    if model not in PARTS:
        return []
    return list(model._base_manager.filter(pk=mark.row).values_list("organisation_id", flat=True))


def hits(keys: Sequence[Any], question: Question, user: User) -> Mapping[str, Hit]:
    """Number and municipality; the earlier name or number where that is what answers."""
    rows = Organisation.objects.filter(pk__in=keys).select_related("municipality")
    names = (
        Prefetch("other_names", visible_to(OrganisationName.objects.all(), user)),
        Prefetch("former_numbers", visible_to(FormerNumber.objects.all(), user)),
    )
    return {
        str(row.pk): Hit(
            row.name,
            reverse("company", kwargs={"organisation": row.pk}),
            " · ".join(filter(None, [*_formerly(row, question), _number(row), _place(row)])),
        )
        for row in rows.prefetch_related(*names)
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


def seen_by(user: User) -> Seen:
    """Whoever reads the register finds all of it that no secrecy mark hides from them."""
    return seen_of(Organisation, user)


def seen_of(model: type[Model], user: User) -> Seen:
    """The rows of the register that this user finds."""
    if not user.has_perm("register.view"):
        return NOTHING
    if user.has_perm("register.see_secret"):
        return EVERYTHING
    return Seen(but={str(row) for row in closed_to(user, model).values_list("row", flat=True)})
