from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "klustermotor.register"
    label = "register"
    verbose_name = _("Companies")

    def ready(self) -> None:
        from klustermotor.core.preparation import prepared_by
        from klustermotor.core.search import Searched, register_search
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
        from klustermotor.register.search.organisations import marked

        prepared_by("klustermotor.register.services.reference.load_reference_data")
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

        from klustermotor.core.privacy.extract import withholds
        from klustermotor.register.privacy import declare
        from klustermotor.register.queries.secrecy import withheld

        declare()
        withholds(withheld)
