from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from klustermotor.core.models import User


class EvaluationConfig(AppConfig):
    name = "klustermotor.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from klustermotor.core.jobs import jobs_in
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.core.search import Hit, Source, register_search

        def find(text: str, user: "User", limit: int) -> "Sequence[Hit]":
            # Imported when somebody searches: it loads the method, which starting up does without.
            from klustermotor.evaluation.queries import find

            return find(text, user, limit)

        jobs_in("klustermotor.evaluation.jobs")
        register_search(
            Source(
                "reports",
                _("Reports"),
                find,
                order=40,
            )
        )
        register_place(Place("reports", _("Reports"), "reports", "/reports", 80))

        from klustermotor.evaluation.privacy import declare

        declare()
