from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "klustermotor.surveys"
    label = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from klustermotor.core.jobs import jobs_in, tidied_by
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.initiatives.panels import Panel, register_panel
        from klustermotor.surveys.panels import waves_panel

        def visible(request: HttpRequest) -> bool:
            return request.user.has_perm("surveys.list")

        jobs_in("klustermotor.surveys.loading")
        tidied_by("klustermotor.surveys.loading.forget_old")
        register_place(Place("surveys", _("Surveys"), "surveys", "/surveys", 40, visible))
        register_panel(Panel("waves", "surveys/panel.html", waves_panel, 10))
