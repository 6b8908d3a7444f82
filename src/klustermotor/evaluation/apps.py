from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "klustermotor.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from klustermotor.core.jobs import jobs_in
        from klustermotor.core.navigation import Place, register_place

        jobs_in("klustermotor.evaluation.jobs")
        register_place(Place("reports", _("Reports"), "reports", "/reports", 80))
