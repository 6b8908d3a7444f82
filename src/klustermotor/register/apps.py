from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "klustermotor.register"
    label = "register"
    verbose_name = _("Companies")

    def ready(self) -> None:
        from klustermotor.core.preparation import prepared_by

        prepared_by("klustermotor.register.services.reference.load_reference_data")

        from klustermotor.core.privacy.extract import withholds
        from klustermotor.register.privacy import declare
        from klustermotor.register.queries.secrecy import withheld

        declare()
        withholds(withheld)
