"""Who may visit the addresses of evaluation; `core/testing/access.py` tells how this works."""

from django.core.files.base import ContentFile

from klustermotor.core.testing.access import EVALUATORS, INSIDE, LOGGED_IN, WRITERS, World
from klustermotor.evaluation.services import order_report, save_text
from klustermotor.evaluation.tests.conftest import surveyed_waves
from klustermotor.surveys.loading import stage

MAY = {
    "evaluation": INSIDE,
    "evaluation_download": INSIDE,
    "text_save": WRITERS,
    "text_history": EVALUATORS,
    "report_order": EVALUATORS,
    "reports": LOGGED_IN,
    "report": INSIDE,
    "report_file": INSIDE,
    "report_cancel": EVALUATORS,
    "report_release": EVALUATORS,
    "report_withdraw": EVALUATORS,
    "round": EVALUATORS,
    "round_text_save": EVALUATORS,
    "round_report_order": EVALUATORS,
}


def prepare(world: World) -> None:
    """Two waves with answers, a text, a report and a file that waits to be applied."""
    initiative, evaluator = world.things["initiative"], world.users["evaluator"]
    wave = surveyed_waves(initiative)["2009"]
    text = save_text(
        initiative, "2009", "results", "sv", "Det gick bra.", by=evaluator, base_version=0
    ).text
    report = order_report(
        initiative=initiative, period="2009", languages=["sv"], formats=["html"], by=evaluator
    )
    upload = ContentFile(b"respondent,results.sales\n1,3\n", name="svar.csv")
    load = stage(wave, upload, by=evaluator)
    world.arguments |= {
        "wave": wave.pk,
        "load": load.pk,
        "report": report.pk,
        "text": text.pk,
        "period": "2009",
    }
    instrument = {"slug": "small", "version": 1}
    world.of |= {
        "instrument": instrument,
        "instrument_file": instrument,
        "evaluation_download": {
            "slug": initiative.slug,
            "content": "table-results",
            "suffix": "csv",
        },
        "report_file": {"report": report.pk, "name": "steel-2009-sv.html"},
    }
