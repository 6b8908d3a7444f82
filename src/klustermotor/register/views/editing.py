"""Change an organisation and the small things that hang on it: names, numbers, industries, tags."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.core.toasts import say
from klustermotor.register.forms.establishments import FactForm, IndustriesForm
from klustermotor.register.forms.organisations import (
    EndForm,
    FormerNumberForm,
    NameForm,
    OrganisationForm,
    PositionForm,
    TagForm,
)
from klustermotor.register.models import (
    FormerNumber,
    Organisation,
    OrganisationName,
    OrganisationTag,
    ValueChainPosition,
    YearlyFact,
)
from klustermotor.register.queries import choices
from klustermotor.register.queries.organisation import (
    fact_of,
    name_of,
    number_of,
    organisation_of,
    position_of,
    tag_of,
)
from klustermotor.register.services import figures, hanging, industries, organisations, tags
from klustermotor.register.services.removing import StillUsedError
from klustermotor.register.views.shared import edit_page, say_done


@requires("register.add")
def create(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    form = OrganisationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = organisations.create_organisation(form.changed_values, by=request.user)
        say_done(request, done.row, _("The organisation was added."), done.at)
        return redirect("company", done.row.pk)
    return edit_page(
        request,
        form,
        heading=_("Add company"),
        lead=_("A company, a university, a public body or another organisation."),
        button=_("Add company"),
    )


@requires("register.change", organisation_of)
def change(request: HttpRequest, company: Organisation) -> HttpResponse:
    """What is said of an organisation."""
    form = OrganisationForm(request.POST or None, instance=company, by=request.user)
    if request.method == "POST" and form.is_valid():
        done = organisations.change_organisation(
            company,
            form.changed_values,
            by=request.user,
            keep_name=not form.cleaned_data["name_was_misspelt"],
            keep_number=not form.cleaned_data["number_was_mistyped"],
        )
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    return edit_page(
        request,
        form,
        heading=_("Change %(name)s") % {"name": company.name},
        lead=_("What you change here stands, whatever a source tells later."),
        thing=company,
        may_remove=True,
    )


@requires("register.change", organisation_of)
def end(request: HttpRequest, company: Organisation) -> HttpResponse:
    """An organisation that is no more: it is kept, and left out of the list."""
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["ended"]
        if company.started and day < company.started:
            form.add_error("ended", _("It cannot end before it was registered."))
        else:
            done = organisations.end_organisation(company, day, by=request.user)
            say_done(request, company, _("Marked as ended."), done.at)
            return redirect("company", company.pk)
    return edit_page(
        request,
        form,
        heading=_("%(name)s has ended") % {"name": company.name},
        lead=_("It is kept with all its history, and left out of the list unless asked for."),
        button=_("Mark as ended"),
        thing=company,
    )


@require_POST
@requires("register.change", organisation_of)
def reopen(request: HttpRequest, company: Organisation) -> HttpResponse:
    """An organisation goes on after all."""
    done = organisations.reopen_organisation(company, by=request.user)
    say_done(request, company, _("It goes on."), done.at)
    return redirect("company", company.pk)


@require_POST
@requires("register.change", organisation_of)
def remove(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Take away an organisation that was entered by mistake, with the way back."""
    try:
        done = organisations.remove_organisation(company, by=request.user)
    except StillUsedError as error:
        say(
            request,
            _("It cannot be removed: %(things)s refer to it. Mark it as ended instead.")
            % {"things": ", ".join(error.by)},
        )
        return redirect("company", company.pk)
    except ProtectedError:
        say(request, _("It cannot be removed: other things refer to it. Mark it as ended instead."))
        return redirect("company", company.pk)
    say_done(request, done.row, _("The organisation was removed."), done.at)
    return redirect("companies")


@requires("register.change", organisation_of)
def set_industries(request: HttpRequest, company: Organisation) -> HttpResponse:
    """What an organisation does, the main industry first."""
    now = [row.industry for row in company.industries.select_related("industry")]
    form = IndustriesForm(request.POST or None, organisation=company, industries=now)
    if request.method == "POST" and form.is_valid():
        done = industries.set_industries(company, form.chosen, by=request.user)
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    return edit_page(
        request,
        form,
        heading=_("Industries of %(name)s") % {"name": company.name},
        lead=_("An emptied field takes its industry away."),
        thing=company,
    )


@requires("register.change", organisation_of)
def add_name(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Another name: an earlier one, or one that it trades under."""
    return _name(request, OrganisationName(organisation=company), is_new=True)


@requires("register.change", name_of)
def change_name(request: HttpRequest, name: OrganisationName) -> HttpResponse:
    """Another name and its dates."""
    return _name(request, name, is_new=False)


def _name(request: HttpRequest, name: OrganisationName, *, is_new: bool) -> HttpResponse:
    company = name.organisation
    form = NameForm(request.POST or None, instance=name)
    if request.method == "POST" and form.is_valid():
        if is_new:
            done = hanging.add(form.instance, "organisation.named", by=request.user)
        else:
            values = form.cleaned_data
            done = hanging.change(name, values, "organisation.name_changed", by=request.user)
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    heading = _("Another name of %(name)s") if is_new else _("A name of %(name)s")
    lead = _("It finds the organisation in the search, and when files are loaded.")
    return edit_page(request, form, heading=heading % {"name": company}, lead=lead, thing=company)


@require_POST
@requires("register.change", name_of)
def remove_name(request: HttpRequest, name: OrganisationName) -> HttpResponse:
    """Take another name away."""
    return _removed(request, name, "organisation.name_removed", _("The name was removed."))


@requires("register.change", organisation_of)
def add_number(request: HttpRequest, company: Organisation) -> HttpResponse:
    """An earlier number."""
    form = FormerNumberForm(request.POST or None, instance=FormerNumber(organisation=company))
    if request.method == "POST" and form.is_valid():
        done = hanging.add(form.instance, "organisation.numbered", by=request.user)
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    heading = _("An earlier number of %(name)s") % {"name": company}
    return edit_page(request, form, heading=heading, thing=company)


@require_POST
@requires("register.change", number_of)
def remove_number(request: HttpRequest, number: FormerNumber) -> HttpResponse:
    """Take an earlier number away."""
    return _removed(request, number, "organisation.number_removed", _("The number was removed."))


@requires("register.change", organisation_of)
def add_tag(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Put a tag on an organisation."""
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = tags.put_tag(company, form.cleaned_data["tag"], by=request.user)
        say_done(request, company, _("The tag was added."), done.at)
        return redirect("company", company.pk)
    heading = _("Add a tag to %(name)s") % {"name": company}
    return edit_page(
        request,
        form,
        heading=heading,
        thing=company,
        known=choices.tags(),
        known_for="tag",
        button=_("Add tag"),
    )


@require_POST
@requires("register.change", tag_of)
def remove_tag(request: HttpRequest, tag: OrganisationTag) -> HttpResponse:
    """Take a tag off an organisation."""
    return _removed(request, tag, "organisation.untagged", _("The tag was removed."))


@requires("register.change", organisation_of)
def add_position(request: HttpRequest, company: Organisation) -> HttpResponse:
    """Place an organisation in the value chain of a cluster."""
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = tags.take_position(company, values["cluster"], values["position"], by=request.user)
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    return edit_page(
        request,
        form,
        heading=_("Place %(name)s in a value chain") % {"name": company},
        lead=_("Upstream are those who supply, downstream those who are supplied."),
        thing=company,
        known=choices.clusters(),
        known_for="cluster",
    )


@require_POST
@requires("register.change", position_of)
def remove_position(request: HttpRequest, position: ValueChainPosition) -> HttpResponse:
    """Take an organisation out of a value chain."""
    return _removed(request, position, "organisation.displaced", _("The position was removed."))


@requires("register.change", organisation_of)
def add_fact(request: HttpRequest, company: Organisation) -> HttpResponse:
    """A figure of a year."""
    form = FactForm(
        request.POST or None, organisation=company, initial=_first_values(request, FactForm)
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        done = figures.record_fact(company, **values, unit=form.unit, by=request.user)
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    return edit_page(
        request,
        form,
        heading=_("A figure of %(name)s") % {"name": company},
        lead=_("Your own figure of the same year is replaced; those of sources stay beside it."),
        thing=company,
    )


def _first_values(request: HttpRequest, form: Any) -> dict[str, str]:
    """What the address already says, such as which figure is to be corrected."""
    return {name: request.GET[name] for name in form.base_fields if name in request.GET}


@require_POST
@requires("register.change", fact_of)
def remove_fact(request: HttpRequest, fact: YearlyFact) -> HttpResponse:
    """Take a figure away."""
    return _removed(request, fact, "fact.removed", _("The figure was removed."))


def _removed(request: HttpRequest, row: Any, action: str, text: str) -> HttpResponse:
    company = row.organisation
    done = hanging.remove(row, action, by=request.user)
    say_done(request, company, text, done.at)
    return redirect("company", company.pk)
