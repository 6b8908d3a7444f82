"""The list of organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.search import matching
from klustermotor.register.models import Industry, Organisation, ValueChainPosition
from klustermotor.register.numbers import written
from klustermotor.register.queries import choices, listing, organisation
from klustermotor.register.queries.choices import County

LABELS = {
    "text": gettext_lazy("Text"),
    "place": gettext_lazy("Place"),
    "industry": gettext_lazy("Industry"),
    "kind": gettext_lazy("Kind"),
    "size": gettext_lazy("Size"),
    "tag": gettext_lazy("Tag"),
    "cluster": gettext_lazy("Cluster"),
    "position": gettext_lazy("Position"),
    "ended": gettext_lazy("Ended"),
}
ENDED = [
    ("", gettext_lazy("Without the ended")),
    ("too", gettext_lazy("With the ended")),
    ("only", gettext_lazy("Only the ended")),
]


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    value: str
    without: str


def columns(*, with_personal: bool, with_ended: bool) -> list[Column]:
    """What the list shows; a sole trader's number is personal data, and shown when asked for."""

    def number(row: Organisation) -> str:
        hidden = row.is_sole_trader and not with_personal
        return "" if hidden else written(row.number, row.country)

    found = [
        Column("name", gettext_lazy("Name"), lambda row: row.name, sort="name", url=_address),
        Column("number", gettext_lazy("Number"), number),
        Column("kind", gettext_lazy("Kind"), lambda row: capfirst(row.get_kind_display())),
        Column("municipality", gettext_lazy("Municipality"), lambda row: row.municipality or ""),
        Column("industry", gettext_lazy("Main industry"), lambda row: row.main_industry or ""),
        Column("size", gettext_lazy("Size"), _size),
        Column("tags", gettext_lazy("Tags"), _tags),
        Column("changed", gettext_lazy("Changed"), _day, sort="changed_at"),
    ]
    if with_ended:
        found.append(Column("ended", gettext_lazy("Ended"), lambda row: row.ended))
    return found


def _address(row: Organisation) -> str:
    return reverse("company", kwargs={"organisation": row.pk})


def _size(row: Organisation) -> str:
    return row.get_size_display() if row.size else ""


def _tags(row: Organisation) -> str:
    return ", ".join(sorted(one.tag.name for one in row.tags.all()))


def _day(row: Organisation) -> Any:
    return row.changed_at.date()


@requires("register.view")
def show(request: HttpRequest) -> HttpResponse:
    """The organisations that fit the filter in the address."""
    asked = listing.Filter.read(request.GET)
    counties = choices.counties()
    with_personal = "personal" in request.GET and request.user.has_perm("register.change")
    shown = columns(with_personal=with_personal, with_ended=bool(asked.ended))
    order = order_of(request, shown, default="name")
    text = matching("organisation", asked.text)
    rows = listing.listed(request.user, asked, counties, text, order.column.name)
    if file := exported(request, rows.shown, shown, order, "companies"):
        return file
    industries = choices.sections()
    context = {
        "page": list_page(
            request,
            rows.shown,
            shown,
            order,
            many=text.many and set(asked.asked) == {"text"},
            counted=rows.counted,
        ),
        "asked": asked,
        "chips": _chips(request, asked, counties, industries),
        "counties": counties,
        "industries": industries,
        "chosen_industry": _deeper(asked.industry, industries),
        "kinds": Organisation.Kind.choices,
        "sizes": [choice for choice in Organisation.Size.choices if choice[0]],
        "tags": choices.tags(),
        "clusters": choices.clusters(),
        "positions": ValueChainPosition.Position.choices,
        "ended_choices": ENDED,
        "with_personal": with_personal,
        "more_asked": with_personal or bool(asked.asked.keys() - {"text", "place", "industry"}),
        "sort": order.text,
        "may_add": request.user.has_perm("register.add"),
        "may_change": request.user.has_perm("register.change"),
        "may_load": request.user.has_perm("register.load"),
    }
    return render(request, "register/companies.html", context)


def _deeper(key: str, industries: Sequence[Industry]) -> Industry | None:
    """An industry that the address asks for and the choices leave out, such as a single class."""
    if not key or any(row.pk == key for row in industries):
        return None
    return Industry.objects.filter(pk=key).first()


def _chips(
    request: HttpRequest,
    asked: listing.Filter,
    counties: Sequence[County],
    industries: Sequence[Industry],
) -> list[Chip]:
    chips = []
    for name, value in asked.asked.items():
        query = request.GET.copy()
        for gone in (name, "after", "before", "format"):
            query.pop(gone, None)
        label, text = str(LABELS[name]), _in_words(name, value, counties, industries)
        chips.append(Chip(label, text, f"?{query.urlencode()}"))
    return chips


def _in_words(
    name: str, value: str, counties: Sequence[County], industries: Sequence[Industry]
) -> str:
    """A filter's value as people say it; as it stands in the address where it means nothing."""
    if name == "place":
        for county in counties:
            if county.key == value:
                return county.name
            for key, municipality in county.municipalities:
                if key == value:
                    return municipality
    if name == "industry":
        known = next((row for row in industries if row.pk == value), None)
        known = known or Industry.objects.filter(pk=value).first()
        return str(known) if known else value
    labels: dict[str, Any] = {
        "kind": dict(Organisation.Kind.choices),
        "size": dict(Organisation.Size.choices),
        "position": dict(ValueChainPosition.Position.choices),
        "ended": dict(ENDED),
    }
    return str(labels.get(name, {}).get(value, value))


@requires("register.view")
def options(request: HttpRequest) -> HttpResponse:
    """Organisations whose name or number begins as typed, for a field that offers them."""
    text = request.GET.get(request.GET.get("field", ""), "").replace("\0", "").strip()[:100]
    found = organisation.offered(text, request.user) if len(text) > 1 else []
    offers = [
        (
            written(row.number, row.country) if row.number and not row.is_sole_trader else row.name,
            f"{row.name}, {row.municipality}" if row.municipality else row.name,
        )
        for row in found
    ]
    return render(request, "register/forms/offers.html", {"offers": offers})
