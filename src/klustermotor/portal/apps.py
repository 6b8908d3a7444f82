from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "klustermotor.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from klustermotor.core.navigation import Place, register_place

        register_place(Place("overview", _("Overview"), "overview", "/", 10))
