from collections.abc import Iterable

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
        from klustermotor.core.search import Searched, register_search
        from klustermotor.initiatives.models import Initiative
        from klustermotor.initiatives.panels import Panel, register_panel
        from klustermotor.surveys.models import Wave
        from klustermotor.surveys.panels import waves_panel

        def waves_of(initiative: Initiative) -> Iterable[object]:
            return Wave.objects.filter(initiative=initiative.pk).values_list("pk", flat=True)

        def visible(request: HttpRequest) -> bool:
            return request.user.has_perm("surveys.list")

        jobs_in("klustermotor.surveys.loading")
        jobs_in("klustermotor.surveys.fieldwork.jobs")
        tidied_by("klustermotor.surveys.loading.forget_old")
        tidied_by("klustermotor.surveys.fieldwork.daily.go_on")
        register_place(Place("surveys", _("Surveys"), "surveys", "/surveys", 40, visible))
        register_search(
            Searched(
                "wave",
                _("Waves"),
                Wave,
                "klustermotor.surveys.search",
                {Wave: "pk", Initiative: waves_of},
                order=30,
            )
        )
        register_panel(Panel("waves", "surveys/panel.html", waves_panel, 10))

        from klustermotor.surveys.privacy import declare

        declare()
        _hang()


def _hang() -> None:
    """What moves when two organisations, or two people, turn out to be one."""
    from klustermotor.core.merging import Hanging, hangs
    from klustermotor.register.models import Organisation, Person
    from klustermotor.surveys.models import FrameMember, Invitation

    asked, listed = _("invitations to surveys"), _("places in frames of surveys")
    hangs(Hanging(Invitation, Organisation, "organisation", asked, order=30))
    hangs(Hanging(Invitation, Person, "person", asked, order=30))
    hangs(Hanging(FrameMember, Organisation, "organisation", listed, order=31))
