from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "klustermotor.register"
    label = "register"
    verbose_name = _("Companies")

    def ready(self) -> None:
        from klustermotor.core.demonstration import Part, register_part
        from klustermotor.core.jobs import jobs_in
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.core.preparation import prepared_by
        from klustermotor.core.privacy.extract import names_acts, withholds
        from klustermotor.core.search import Searched, register_search
        from klustermotor.register import hanging
        from klustermotor.register.actions import label_of
        from klustermotor.register.models import (
            Establishment,
            FormerNumber,
            Organisation,
            OrganisationName,
            OrganisationTag,
            Person,
            PersonRole,
            SecrecyMark,
        )
        from klustermotor.register.privacy import declare
        from klustermotor.register.queries.secrecy import withheld
        from klustermotor.register.search.organisations import marked
        from klustermotor.register.tellers import tell_timelines

        prepared_by("klustermotor.register.services.reference.load_reference_data")
        register_part(Part("Companies", "klustermotor.register.demonstration.load", order=20))
        register_part(Part("Law", "klustermotor.register.demonstration.law.load", order=25))
        register_part(Part("Roles", "klustermotor.register.demonstration.roles.load", order=26))
        register_search(
            Searched(
                "organisation",
                _("Organisations"),
                Organisation,
                "klustermotor.register.search.organisations",
                {
                    Organisation: "pk",
                    OrganisationName: "organisation_id",
                    FormerNumber: "organisation_id",
                    OrganisationTag: "organisation_id",
                    Establishment: "organisation_id",
                    SecrecyMark: marked,
                },
                order=5,
            )
        )
        register_search(
            Searched(
                "person",
                _("People"),
                Person,
                "klustermotor.register.search.people",
                {Person: "pk", PersonRole: "person_id"},
                order=10,
            )
        )
        declare()
        hanging.declare()
        jobs_in("klustermotor.register.jobs")
        withholds(withheld)
        names_acts(label_of)
        register_place(
            Place(
                "companies",
                _("Companies"),
                "companies",
                "/companies",
                20,
                _may_view,
                also=("/people", "/industries", "/notes", "/contacts"),
            )
        )
        tell_timelines()
        _contacts()
        _rights()
        _scopes()
        _loads()


def _may_view(request: HttpRequest) -> bool:
    return request.user.has_perm("register.view")


def _loads() -> None:
    """What can be loaded from files and written to them, and the work that does it."""
    from klustermotor.core.exporters import exporters_in
    from klustermotor.core.jobs import jobs_in, tidied_by
    from klustermotor.core.loaders import loaders_in

    jobs_in("klustermotor.register.load_jobs")
    tidied_by("klustermotor.register.services.loading.forget_old")
    loaders_in("klustermotor.register.services.loading.command.register_loaders")
    exporters_in("klustermotor.register.exports.register_exporters")


def _contacts() -> None:
    """What there is of people who log in for a company."""
    from klustermotor.core.navigation import Place, register_entrance, register_place
    from klustermotor.register.contact_privacy import declare_contacts
    from klustermotor.register.models import Organisation
    from klustermotor.register.panels import Panel, register_panel
    from klustermotor.register.queries.contacts import contacts_panel

    def may(permission: str) -> Callable[[HttpRequest], bool]:
        return lambda request: request.user.has_perm(permission)

    declare_contacts()
    register_entrance("contact_ask", _("Log in for your company"))
    panel = Panel("contacts", Organisation, "register/contacts/panel.html", contacts_panel, 80)
    register_panel(panel)
    own = may("register.own_profile")
    register_place(Place("my_company", _("My company"), "my_company", "/my-company", 20, own))


def _rights() -> None:
    """Pages about people's rights, and what they add to the pages of people and companies."""
    from klustermotor.core.navigation import Place, register_place
    from klustermotor.register.models import Organisation, Person
    from klustermotor.register.panels import Panel, register_panel
    from klustermotor.register.privacy_panels import organisation_panel, person_panel

    def may_administer(request: HttpRequest) -> bool:
        return request.user.has_perm("privacy.administer")

    register_place(Place("privacy", _("Personal data"), "privacy", "/privacy", 85, may_administer))
    register_panel(Panel("privacy", Person, "register/privacy/person_panel.html", person_panel, 90))
    register_panel(
        Panel(
            "secrecy",
            Organisation,
            "register/privacy/organisation_panel.html",
            organisation_panel,
            90,
        )
    )


def _scopes() -> None:
    """What keys to the API may be used for here."""
    from klustermotor.core.api.scopes import register_scope

    register_scope("register:read", _("Read organisations, establishments and figures"))
    register_scope("register:write", _("Change organisations, establishments and figures"))
    register_scope("people:read", _("Read people and sole traders' numbers"))
    register_scope("people:write", _("Change people and their roles"))
