"""The page of one organisation, and its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.timeline import timeline
from klustermotor.register.forms.people import NoteForm
from klustermotor.register.models import Organisation
from klustermotor.register.numbers import written
from klustermotor.register.panels import panels_of
from klustermotor.register.pictures import place_map
from klustermotor.register.queries import changes, organisation, secrecy, told
from klustermotor.register.services.sources import take_over
from klustermotor.register.views.shared import (
    Thing,
    address_of,
    moment_in,
    say_done,
    take_back,
)

ENTRIES = 12
ACTS = 8
ACTS_PER_PAGE = 30
OPEN_MAP = "https://www.openstreetmap.org/?mlat={:.5f}&mlon={:.5f}#map=15/{:.5f}/{:.5f}"


@dataclass(frozen=True)
class Line:
    """One thing that is known: what, its value, where from, and what sources say since."""

    label: str
    value: str
    url: str = ""
    origin: str = ""
    offers: tuple[told.Offer, ...] = ()


@requires("register.view", organisation.organisation_of)
def show(request: HttpRequest, company: Organisation) -> HttpResponse:
    """All that is known of an organisation, and what other rooms know of it."""
    user = request.user
    may_change = user.has_perm("register.change", company)
    context = {
        "company": company,
        "thing": company,
        "number": written(company.number, company.country),
        "groups": _lines(company, told.visible_origins(company, user)),
        "industries": company.industries.select_related("industry"),
        "map": _map(company),
        "open_map": _open_map(company),
        "names": company.other_names.all(),
        "former_numbers": [
            (row, written(row.number, company.country)) for row in company.former_numbers.all()
        ],
        "contacts": organisation.contacts_of(company, user),
        "establishments": organisation.establishments_of(company, user),
        "figures": organisation.figures_of(company),
        "group": organisation.group_of(company, user),
        "tags": company.tags.select_related("tag").order_by("tag__name"),
        "positions": organisation.positions_of(company),
        "notes": organisation.notes_on(company, user),
        "note_form": NoteForm(by=user, short=True) if may_change else None,
        "note_url": reverse("company_note", kwargs={"organisation": company.pk}),
        "marks": secrecy.marks_on(company),
        "panels": panels_of(company, request),
        "entries": timeline(company, user, limit=ENTRIES),
        "acts": changes.acts_on(company, user, limit=ACTS),
        "history_url": reverse("company_history", kwargs={"organisation": company.pk}),
        "undo_name": "company_undo",
        "may_change": may_change,
        "may_load": user.has_perm("register.load"),
    }
    return render(request, "register/company.html", context)


def _lines(company: Organisation, origins: dict[str, told.Origin]) -> list[list[Line]]:
    """What is known, in groups; what is not known is left out."""
    address = " ".join(part for part in (company.postcode, company.city) if part)
    where = ", ".join(part for part in (company.street, address) if part)
    groups: list[list[tuple[str, str, str, Iterable[str]]]] = [
        [
            (_("Organisation number"), written(company.number, company.country), "", ["number"]),
            (_("Kind"), capfirst(company.get_kind_display()), "", ["kind"]),
            (_("Legal form"), company.legal_form, "", ["legal_form"]),
            (_("Size"), company.get_size_display() if company.size else "", "", ["size"]),
            (_("Registered on"), _day(company.started), "", ["started"]),
            (_("Ended on"), _day(company.ended), "", ["ended"]),
        ],
        [
            (_("Address"), where, "", ["street", "postcode", "city"]),
            (_("Municipality"), str(company.municipality or ""), "", ["municipality"]),
            (_("Web page"), company.website, company.website, ["website"]),
            (
                _("E-mail"),
                company.email,
                f"mailto:{company.email}" if company.email else "",
                ["email"],
            ),
            (
                _("Telephone"),
                company.phone,
                f"tel:{company.phone.replace(' ', '')}" if company.phone else "",
                ["phone"],
            ),
        ],
    ]
    return [
        [_line(origins, *row) for row in rows if row[1] or _has_offers(origins, row[3])]
        for rows in groups
    ]


def _has_offers(origins: dict[str, told.Origin], names: Iterable[str]) -> bool:
    return any(origins[name].offers for name in names if name in origins)


def _line(
    origins: dict[str, told.Origin], label: str, value: str, url: str, names: Iterable[str]
) -> Line:
    of_it = [origins[name] for name in names if name in origins]
    texts = list(dict.fromkeys(origin.text for origin in of_it if origin.text))
    offers = tuple(offer for origin in of_it for offer in origin.offers)
    return Line(label, value, url, "; ".join(texts), offers)


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _map(company: Organisation) -> str:
    if company.latitude is None or company.longitude is None or company.municipality is None:
        return ""
    label = _("Where in %(place)s the organisation is") % {"place": company.municipality}
    return place_map(company.municipality.boundary, company.latitude, company.longitude, label)


def _open_map(company: Organisation) -> str:
    if company.latitude is None or company.longitude is None:
        return ""
    place = (company.latitude, company.longitude)
    return OPEN_MAP.format(*place, *place)


@requires("register.view", organisation.organisation_of)
def history(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Every change to an organisation: who, when, from what, to what."""
    return history_page(request, company, "company_undo")


def history_page(request: HttpRequest, thing: Thing, undo_name: str) -> HttpResponse:
    """Every change to a thing, a page at a time."""
    before = request.GET.get("before", "")
    moment = moment_in(int(before)) if before.isdecimal() and len(before) < 20 else None
    acts = changes.acts_on(thing, request.user, before=moment, limit=ACTS_PER_PAGE)
    context = {
        "thing": thing,
        "thing_url": address_of(thing),
        "is_person": undo_name == "person_undo",
        "acts": acts,
        "is_first": moment is None,
        "older": acts[-1].key if len(acts) == ACTS_PER_PAGE else None,
        "undo_name": undo_name,
        "may_change": request.user.has_perm("register.change", thing),
    }
    return render(request, "register/history.html", context)


@require_POST
@requires("register.undo")
def undo(request: HttpRequest, organisation: Any, moment: int) -> HttpResponse:
    """Take back what one did oneself; also when the organisation itself is gone by it."""
    return take_back(
        request, Organisation, organisation, moment, page="company", listing="companies"
    )


@require_POST
@requires("register.change", organisation.organisation_of)
def take(request: HttpRequest, company: Organisation, told_value: int) -> HttpResponse:
    """Take over what a source tells, in place of what somebody wrote."""
    value = told.told_value(company, told_value)
    if value is not None:
        done = take_over(company, value, by=request.user)
        say_done(request, company, _("Taken over from the source."), done.at)
    return redirect("company", company.pk)
