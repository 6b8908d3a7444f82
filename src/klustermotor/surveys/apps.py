from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "klustermotor.surveys"
    label = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.initiatives.panels import Panel, register_panel
        from klustermotor.surveys import loading  # noqa: F401  (declares the loading job)
        from klustermotor.surveys.panels import waves_panel

        def visible(request: HttpRequest) -> bool:
            return request.user.has_perm("surveys.list")

        register_place(Place("surveys", _("Surveys"), "surveys", "/surveys", 40, visible))
        register_panel(Panel("waves", "surveys/panel.html", waves_panel, 10))
