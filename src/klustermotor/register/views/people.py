"""People: the list, the page of one, and what they are at organisations."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.lists import Column, exported, list_page, order_of
from klustermotor.core.timeline import timeline
from klustermotor.core.toasts import say
from klustermotor.register.forms.people import (
    EndRoleForm,
    NewPersonAtForm,
    NoteForm,
    PersonForm,
    RoleFields,
    RoleForm,
)
from klustermotor.register.models import Organisation, Person, PersonRole
from klustermotor.register.panels import panels_of
from klustermotor.register.queries import changes, people, secrecy, told
from klustermotor.register.queries.organisation import notes_on, organisation_of
from klustermotor.register.queries.people import person_of, role_of
from klustermotor.register.services import hanging
from klustermotor.register.services import people as services
from klustermotor.register.services.removing import StillUsedError
from klustermotor.register.views.company import history_page
from klustermotor.register.views.shared import edit_page, say_done, take_back

ENTRIES = 12
ACTS = 8
MAIL = [
    ("", gettext_lazy("All")),
    ("yes", gettext_lazy("Takes mail")),
    ("no", gettext_lazy("Has unsubscribed")),
]


def _roles(row: Person) -> str:
    return ", ".join(
        f"{role.title}, {role.organisation}" if role.title else str(role.organisation)
        for role in row.shown_roles
        if role.is_current
    )


COLUMNS = [
    Column(
        "name",
        gettext_lazy("Name"),
        lambda row: row.name,
        sort="name",
        url=lambda row: reverse("person", kwargs={"person": row.pk}),
    ),
    Column("roles", gettext_lazy("Roles today"), _roles),
    Column("email", gettext_lazy("E-mail"), lambda row: row.email, sort="email"),
    Column("phone", gettext_lazy("Telephone"), lambda row: row.phone),
    Column(
        "mail",
        gettext_lazy("Mail"),
        lambda row: _("has unsubscribed") if row.unsubscribed_at else _("takes mail"),
    ),
]


@requires("register.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The people that fit the filter in the address."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:100]
        for name in ("text", "role", "mail")
    }
    rows = people.listed(request.user, **asked)
    order = order_of(request, COLUMNS, default="name")
    if file := exported(request, rows, COLUMNS, order, "people"):
        return file
    context = {
        "page": list_page(request, rows, COLUMNS, order),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "titles": people.role_titles(request.user),
        "mail_choices": MAIL,
        "sort": order.text,
        "may_add": request.user.has_perm("register.change"),
    }
    return render(request, "register/people.html", context)


@requires("register.view")
def options(request: HttpRequest) -> HttpResponse:
    """People whose name or e-mail begins as typed."""
    text = request.GET.get("text", "").replace("\0", "").strip()[:100]
    found = people.offered(text, request.user) if len(text) > 1 else []
    try:
        at = UUID(request.GET.get("at", ""))
    except ValueError:
        at = None
    context = {"found": found, "text": text, "at": at}
    part = "people_found" if request.htmx else "people_look_up"
    return render(request, f"register/{part}.html", context)


@requires("register.view", person_of)
def show(request: HttpRequest, person: Person) -> HttpResponse:
    """All that is known of a person, and by what right."""
    user = request.user
    may_change = user.has_perm("register.change", person)
    context = {
        "person": person,
        "thing": person,
        "origins": told.visible_origins(person, user),
        "roles": people.roles_of(person, user),
        "legal_bases": people.legal_bases_of(person),
        "notes": notes_on(person, user),
        "note_form": NoteForm(by=user, short=True) if may_change else None,
        "note_url": reverse("person_note", kwargs={"person": person.pk}),
        "marks": secrecy.marks_on(person),
        "panels": panels_of(person, request),
        "entries": timeline(person, user, limit=ENTRIES),
        "acts": changes.acts_on(person, user, limit=ACTS),
        "history_url": reverse("person_history", kwargs={"person": person.pk}),
        "undo_name": "person_undo",
        "may_change": may_change,
    }
    return render(request, "register/person.html", context)


@requires("register.view", person_of)
def history(request: HttpRequest, person: Person) -> HttpResponse:
    """Every change to what is known of a person."""
    return history_page(request, person, "person_undo")


@require_POST
@requires("register.undo")
def undo(request: HttpRequest, person: UUID, moment: int) -> HttpResponse:
    """Take back what one did oneself; also when the person is gone by it."""
    return take_back(request, Person, person, moment, page="person", listing="people")


@requires("register.change")
def create(request: HttpRequest) -> HttpResponse:
    """A new person."""
    form = PersonForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = services.create_person(form.changed_values, by=request.user)
        say_done(request, done.row, _("The person was added."), done.at)
        return redirect("person", done.row.pk)
    lead = _("Somebody at an organisation, or with an idea of a company to be.")
    heading = _("Add person")
    return edit_page(request, form, heading=heading, lead=lead, button=heading)


@requires("register.change", organisation_of)
def create_at(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Somebody at an organisation: known already, or new."""
    form = NewPersonAtForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = services.create_person(
            form.person_values, by=request.user, at=company, role=form.role_values
        )
        say_done(request, company, _("The person was added."), done.at)
        return redirect("company", company.pk)
    return edit_page(
        request,
        form,
        heading=_("Add a person at %(name)s") % {"name": company},
        lead=_("Look first whether the person is in the register already."),
        thing=company,
        button=_("Add person"),
        look_up=company,
    )


@requires("register.change", organisation_of)
def give_known(request: HttpRequest, company: Organisation, person: UUID) -> HttpResponse:
    """A role at an organisation for somebody who is in the register already."""
    known = person_of(person)
    if not secrecy.may_see(known, request.user):
        return redirect("company_person", company.pk)
    form = RoleFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = services.give_role(known, company, form.cleaned_data, by=request.user)
        say_done(request, company, _("The role was given."), done.at)
        return redirect("company", company.pk)
    heading = _("%(person)s at %(name)s") % {"person": known, "name": company}
    return edit_page(request, form, heading=heading, thing=company, button=_("Give role"))


@requires("register.change", person_of)
def change(request: HttpRequest, person: Person) -> HttpResponse:
    """Name and how to reach them."""
    form = PersonForm(request.POST or None, instance=person, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = services.change_person(person, form.changed_values, by=request.user)
        say_done(request, person, _("Saved."), done.at)
        return redirect("person", person.pk)
    heading = _("Change %(name)s") % {"name": person}
    return edit_page(request, form, heading=heading, thing=person, may_remove=True)


@require_POST
@requires("register.change", person_of)
def remove(request: HttpRequest, person: Person) -> HttpResponse:
    """Take away a person entered by mistake, with the way back."""
    try:
        done = services.remove_person(person, by=request.user)
    except StillUsedError as error:
        say(
            request,
            _("The person cannot be removed: %(things)s refer to them.")
            % {"things": ", ".join(error.by)},
        )
        return redirect("person", person.pk)
    say_done(request, done.row, _("The person was removed."), done.at)
    return redirect("people")


@require_POST
@requires("register.change", person_of)
def unsubscribe(request: HttpRequest, person: Person) -> HttpResponse:
    """No more mail to a person."""
    done = services.set_unsubscribed(person, True, by=request.user)
    say_done(request, person, _("The person gets no more mail."), done.at)
    return redirect("person", person.pk)


@require_POST
@requires("register.change", person_of)
def subscribe(request: HttpRequest, person: Person) -> HttpResponse:
    """Mail to a person again."""
    done = services.set_unsubscribed(person, False, by=request.user)
    say_done(request, person, _("The person gets mail again."), done.at)
    return redirect("person", person.pk)


@requires("register.change", person_of)
def give_role(request: HttpRequest, person: Person) -> HttpResponse:
    """A role at an organisation."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = dict(form.cleaned_data)
        at = values.pop("organisation")
        if not request.user.has_perm("register.change", at):
            form.add_error("organisation", _("You may not change this organisation."))
        else:
            done = services.give_role(person, at, values, by=request.user)
            say_done(request, person, _("The role was given."), done.at)
            return redirect("person", person.pk)
    heading = _("Give %(name)s a role") % {"name": person}
    return edit_page(request, form, heading=heading, thing=person, button=_("Give role"))


@requires("register.change", role_of)
def change_role(request: HttpRequest, role: PersonRole) -> HttpResponse:
    """What a person is at an organisation, and from when to when."""
    first = {name: getattr(role, name) for name in RoleFields.base_fields}
    form = RoleFields(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        done = hanging.change(role, form.cleaned_data, "role.changed", by=request.user)
        say_done(request, role.person, _("Saved."), done.at)
        return redirect("person", role.person_id)
    heading = _("%(person)s at %(name)s") % {"person": role.person, "name": role.organisation}
    return edit_page(request, form, heading=heading, thing=role.person)


@requires("register.change", role_of)
def end_role(request: HttpRequest, role: PersonRole) -> HttpResponse:
    """A person leaves a role."""
    form = EndRoleForm(request.POST or None, role=role)
    if request.method == "POST" and form.is_valid():
        done = services.end_role(role, form.cleaned_data["until"], by=request.user)
        say_done(request, role.person, _("The role has ended."), done.at)
        return redirect("person", role.person_id)
    heading = _("%(person)s leaves %(name)s") % {"person": role.person, "name": role.organisation}
    return edit_page(request, form, heading=heading, thing=role.person, button=_("End role"))


@require_POST
@requires("register.change", role_of)
def remove_role(request: HttpRequest, role: PersonRole) -> HttpResponse:
    """Take away a role that was entered by mistake."""
    person = role.person
    done = hanging.remove(role, "role.removed", by=request.user)
    say_done(request, person, _("The role was removed."), done.at)
    return redirect("person", person.pk)
