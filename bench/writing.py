"""How long the page beside a text takes to answer while it is written, in a process of its own.

The demonstration is loaded into a database of its own; then an evaluator's paragraph is sent as the
browser sends it, each time a word longer: it is saved with its history, proofread against the
figures of the evaluation, and the remarks are rendered.
"""

import json
import os
from time import perf_counter

PARAGRAPH = (
    "År 2009 uppger 43 procent av de svarande företagen att deltagandet har bidragit till ökad "
    "försäljning, mot 41 procent år 2008. Sedan 2008 har andelen som uppger lägre kostnader "
    "minskat till en sjättedel. Vanligast bland tillväxteffekterna är ökad försäljning, och var "
    "fjärde uppger nya investeringar. Var åttonde uppger fler anställda. Företagen träffas ofta "
    "och berättar gärna om sina besök hos varandra, men flera säger att tiden inte räcker till "
    "för dem som har få anställda. Processledaren har därför ordnat kortare möten, och nästa år "
    "ska de hållas i alla kommuner."
)
PARAGRAPHS, TIMES = 12, 15
ADDRESS = "/initiatives/triple-steelix/text"


def main() -> None:
    """Prints the median and the slowest answer for a paragraph and for a long section, as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "klustermotor.config.settings"
    os.environ["KLUSTERMOTOR_DEMO"] = "1"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    from klustermotor.portal.demonstration.loading import load_region, load_users

    load_region()
    evaluator = load_users()["evaluator"]
    print(json.dumps({
        "paragraph": _timed(evaluator, PARAGRAPH),
        "section": _timed(evaluator, "\n\n".join([PARAGRAPH] * PARAGRAPHS)),
    }))  # fmt: skip


def _timed(user: object, text: str) -> dict[str, float]:
    from django.test import Client

    from klustermotor.evaluation.models import SectionText

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    seconds = []
    for time in range(TIMES + 1):
        there = SectionText.objects.filter(
            initiative__slug="triple-steelix", period="2009", section="results", language="sv"
        ).first()
        posted = {
            "period": "2009", "section": "results", "language": "sv",
            "version": str(there.version if there else 0), "text": text + " mer" * time,
        }  # fmt: skip
        started = perf_counter()
        answer = client.post(ADDRESS, posted, headers={"HX-Request": "true"})
        seconds.append(perf_counter() - started)
        assert answer.status_code == 200, answer.status_code
        assert "data-remark" in answer.content.decode()
    warm = sorted(seconds[1:])
    return {"median": warm[len(warm) // 2], "slowest": warm[-1], "first": seconds[0],
            "words": len(text.split())}  # fmt: skip


if __name__ == "__main__":
    main()
