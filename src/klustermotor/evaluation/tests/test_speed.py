"""Pages ask the database a fixed number of questions, however much there is."""

from typing import Any

import pytest
from django.urls import reverse

from klustermotor.initiatives.services import assign, save_initiative
from klustermotor.surveys.services import save_wave

QUERIES = {
    "/": 14,
    "/initiatives": 10,
    "/initiatives/steel": 12,
    "/initiatives/steel/evaluation": 16,
    "/surveys": 10,
    "/reports": 18,
}


@pytest.mark.parametrize(("address", "most"), QUERIES.items())
def test_a_page_takes_no_more_queries_for_a_larger_region(
    address: str, most: int, region: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    evaluator = region.users["evaluator"]
    for number in range(30):
        more = save_initiative(f"more-{number}", name=f"Fler {number}")
        assign(evaluator, more, "evaluator")
        save_wave(more, "2009", instrument=region.wave.instrument, invited=10)
    client.force_login(evaluator, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_warm_evaluation_reads_no_answer(
    region: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(
        region.users["evaluator"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("evaluation", kwargs={"slug": "steel"})
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(address)
    assert not [q for q in seen.captured_queries if "surveys_answer" in q["sql"]]
