"""Establishments: where a company is, and how many work there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klustermotor.core.access import requires
from klustermotor.register.forms.establishments import EmployeesForm, EstablishmentForm
from klustermotor.register.models import Establishment, EstablishmentYear, Organisation
from klustermotor.register.queries.organisation import (
    establishment_of,
    establishment_year_of,
    organisation_of,
)
from klustermotor.register.services import figures, hanging
from klustermotor.register.views.shared import address_of, edit_page, say_done


@requires("register.change", organisation_of)
def create(request: HttpRequest, company: Organisation) -> HttpResponse:
    """A new establishment."""
    row = Establishment(organisation=company)
    form = EstablishmentForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(row, name, value)
        done = hanging.add(row, "establishment.created", by=request.user, sourced=True)
        say_done(request, company, _("The establishment was added."), done.at)
        return redirect("company", company.pk)
    heading = _("Add an establishment of %(name)s") % {"name": company}
    return edit_page(request, form, heading=heading, thing=company, button=_("Add establishment"))


@requires("register.change", establishment_of)
def change(request: HttpRequest, establishment: Establishment) -> HttpResponse:
    """An establishment, and how many worked there in each year."""
    company = establishment.organisation
    form = EstablishmentForm(request.POST or None, instance=establishment)
    if request.method == "POST" and form.is_valid():
        done = hanging.change(
            establishment,
            form.changed_values,
            "establishment.changed",
            by=request.user,
            sourced=True,
        )
        say_done(request, company, _("Saved."), done.at)
        return redirect("company", company.pk)
    return _page(request, establishment, form, EmployeesForm())


def _page(
    request: HttpRequest,
    establishment: Establishment,
    form: EstablishmentForm,
    employees_form: EmployeesForm,
) -> HttpResponse:
    company = establishment.organisation
    context = {
        "thing": company,
        "thing_url": address_of(company),
        "establishment": establishment,
        "form": form,
        "employees_form": employees_form,
        "years": establishment.years.select_related("source").order_by("-year"),
    }
    is_wrong = any(one.is_bound and not one.is_valid() for one in (form, employees_form))
    return render(request, "register/establishment.html", context, status=422 if is_wrong else 200)


@require_POST
@requires("register.change", establishment_of)
def remove(request: HttpRequest, establishment: Establishment) -> HttpResponse:
    """Take away an establishment that was entered by mistake."""
    company = establishment.organisation
    done = hanging.remove(establishment, "establishment.removed", by=request.user)
    say_done(request, company, _("The establishment was removed."), done.at)
    return redirect("company", company.pk)


@require_POST
@requires("register.change", establishment_of)
def add_employees(request: HttpRequest, establishment: Establishment) -> HttpResponse:
    """How many worked there in a year."""
    form = EmployeesForm(request.POST)
    if not form.is_valid():
        return _page(request, establishment, EstablishmentForm(instance=establishment), form)
    done = figures.record_employees(establishment, **form.cleaned_data, by=request.user)
    say_done(request, establishment.organisation, _("Saved."), done.at)
    return redirect(
        "establishment",
        organisation=establishment.organisation_id,
        establishment=establishment.pk,
    )


@require_POST
@requires("register.change", establishment_year_of)
def remove_employees(request: HttpRequest, year: EstablishmentYear) -> HttpResponse:
    """Take the employees of a year away."""
    establishment = year.establishment
    done = hanging.remove(year, "establishment.employees_removed", by=request.user)
    say_done(request, establishment.organisation, _("Removed."), done.at)
    return redirect(
        "establishment",
        organisation=establishment.organisation_id,
        establishment=establishment.pk,
    )
