"""Every address of the rooms, walked by every role."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from klustermotor.evaluation.services import order_report
from klustermotor.evaluation.tests.conftest import patterns

EVERYONE = {"outsider", "funder", "staff", "process_leader", "evaluator", "administrator"}
INSIDE = {"staff", "process_leader", "evaluator", "administrator"}
LEADS = {"process_leader", "administrator"}
EVALUATES = {"evaluator", "administrator"}
WRITES = {"process_leader", "evaluator", "administrator"}
ADMINISTERS = {"administrator"}

MAY = {
    "overview": EVERYONE,
    "initiatives": INSIDE,
    "initiative": INSIDE,
    "initiative_create": ADMINISTERS,
    "initiative_change": LEADS,
    "fact_add": LEADS,
    "fact_remove": LEADS,
    "fact_restore": LEADS,
    "users": ADMINISTERS,
    "user_create": ADMINISTERS,
    "user": ADMINISTERS,
    "assignment_make": ADMINISTERS,
    "assignment_end": ADMINISTERS,
    "assignment_restore": ADMINISTERS,
    "surveys": EVALUATES,
    "instruments": EVALUATES,
    "instrument_create": EVALUATES,
    "instrument_propose": EVALUATES,
    "instrument": INSIDE,
    "instrument_file": INSIDE,
    "references": EVALUATES,
    "wave_create": EVALUATES,
    "wave": INSIDE,
    "wave_change": EVALUATES,
    "wave_close": EVALUATES,
    "wave_open": EVALUATES,
    "wave_frame": EVALUATES,
    "load_upload": EVALUATES,
    "load": EVALUATES,
    "load_choose": EVALUATES,
    "load_apply": EVALUATES,
    "load_undo": EVALUATES,
    "load_discard": EVALUATES,
    "evaluation": INSIDE,
    "evaluation_download": INSIDE,
    "text_save": WRITES,
    "text_history": EVALUATES,
    "report_order": EVALUATES,
    "reports": EVERYONE,
    "report": INSIDE,
    "report_file": INSIDE,
    "report_cancel": EVALUATES,
    "report_release": EVALUATES,
    "report_withdraw": EVALUATES,
    "round": EVALUATES,
    "round_text_save": EVALUATES,
    "round_report_order": EVALUATES,
}


def answer(client: Client, address: str) -> Any:
    """The status of a visit, by POST where GET is not taken; what it wrote is taken back."""
    with transaction.atomic():
        client.raise_request_exception = True
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        transaction.set_rollback(True)
    return response


def is_let_in(response: Any) -> bool:
    to_login = response.status_code == 302 and response.url.startswith("/account/login")
    return not to_login and response.status_code != 403


def test_every_view_names_its_rule() -> None:
    without = [p.name for p in patterns() if not getattr(p.callback, "permission", "")]
    assert without == []


def test_the_table_of_who_may_names_every_address() -> None:
    assert {pattern.name for pattern in patterns()} == set(MAY)


@pytest.mark.parametrize("role", ["anonymous", *sorted(EVERYONE)])
def test_each_role_sees_what_it_may_and_nothing_else(
    role: str, addresses: dict[str, str], region: Any, client: Client
) -> None:
    if role != "anonymous":
        client.force_login(
            region.users[role], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    let_in = {name for name, url in addresses.items() if is_let_in(answer(client, url))}
    assert let_in == {name for name, roles in MAY.items() if role in roles}


def test_no_page_shows_whose_answer_is_whose(
    addresses: dict[str, str], region: Any, client: Client
) -> None:
    for role in sorted(EVERYONE):
        client.force_login(
            region.users[role], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        for name, address in addresses.items():
            response = answer(client, address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"hemlig-" not in body, f"{name} as {role}"


def test_a_role_in_one_initiative_opens_no_other(region: Any, client: Client) -> None:
    client.force_login(
        region.users["process_leader"],
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    for name in ("initiative", "evaluation"):
        assert client.get(reverse(name, kwargs={"slug": "boom"})).status_code == 403


def test_a_funder_reads_a_report_once_it_is_released(region: Any, client: Client) -> None:
    from klustermotor.evaluation.services import release_report, withdraw_report

    report = order_report(
        region.surveyed, "2009", languages=["sv"], formats=["html"], by=region.users["evaluator"]
    )
    client.force_login(
        region.users["funder"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("report", kwargs={"report": report.pk})
    assert client.get(address).status_code == 403
    release_report(report, by=region.users["evaluator"])
    assert client.get(address).status_code == 200
    assert str(report.pk) in client.get(reverse("reports")).content.decode()
    withdraw_report(report, by=region.users["evaluator"])
    assert client.get(address).status_code == 403


def test_search_finds_waves_and_reports_that_one_may_see(region: Any, client: Client) -> None:
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    report = order_report(
        region.surveyed, "2009", languages=["sv"], formats=["html"], by=region.users["evaluator"]
    )
    addresses = {
        reverse("wave", kwargs={"wave": region.wave.pk}),
        reverse("report", kwargs={"report": report.pk}),
    }
    for role, seen in (("evaluator", 2), ("staff", 2), ("funder", 0), ("outsider", 0)):
        client.force_login(region.users[role], backend=backend)
        page = client.get("/search", {"q": "stål 2009"}).content.decode()
        assert sum(address in page for address in addresses) == seen, role
