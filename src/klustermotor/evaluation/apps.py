from collections.abc import Iterable

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "klustermotor.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from klustermotor.core.jobs import jobs_in
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.core.search import Searched, register_search
        from klustermotor.evaluation.models import Report
        from klustermotor.initiatives.models import Initiative

        def reports_of(initiative: Initiative) -> Iterable[object]:
            return Report.objects.filter(initiative=initiative.pk).values_list("pk", flat=True)

        jobs_in("klustermotor.evaluation.jobs")
        register_search(
            Searched(
                "report",
                _("Reports"),
                Report,
                "klustermotor.evaluation.search",
                {Report: "pk", Initiative: reports_of},
                order=40,
            )
        )
        register_place(Place("reports", _("Reports"), "reports", "/reports", 80))

        from klustermotor.evaluation.privacy import declare

        declare()
