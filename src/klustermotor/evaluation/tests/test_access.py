"""What a role in one initiative opens, and when; `config/tests/test_access.py` walks the rest."""

from typing import Any

from django.test import Client
from django.urls import reverse

from klustermotor.evaluation.services import order_report


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
