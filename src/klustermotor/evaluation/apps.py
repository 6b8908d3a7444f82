from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "klustermotor.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.evaluation import jobs  # noqa: F401  (declares the report job)

        register_place(Place("reports", _("Reports"), "reports", "/reports", 80))
