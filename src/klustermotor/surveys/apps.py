from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from klustermotor.core.models import User


class SurveysConfig(AppConfig):
    name = "klustermotor.surveys"
    label = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        from klustermotor.core.jobs import jobs_in, tidied_by
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.core.search import Hit, Source, register_search
        from klustermotor.initiatives.panels import Panel, register_panel
        from klustermotor.surveys.panels import waves_panel

        def visible(request: HttpRequest) -> bool:
            return request.user.has_perm("surveys.list")

        def find(text: str, user: "User", limit: int) -> "Sequence[Hit]":
            # Imported when somebody searches: it loads the method, which starting up does without.
            from klustermotor.surveys.queries import find

            return find(text, user, limit)

        jobs_in("klustermotor.surveys.loading")
        tidied_by("klustermotor.surveys.loading.forget_old")
        register_place(Place("surveys", _("Surveys"), "surveys", "/surveys", 40, visible))
        register_search(
            Source(
                "waves",
                _("Waves"),
                find,
                order=30,
                permission="initiatives.list",
            )
        )
        register_panel(Panel("waves", "surveys/panel.html", waves_panel, 10))

        from klustermotor.surveys.privacy import declare

        declare()
