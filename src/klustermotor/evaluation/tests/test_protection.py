"""What has been let out counts: snapshots of open waves, and released reports."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from klustermotor.analysis.disclosure.releases import ReleaseRefusedError
from klustermotor.evaluation.contents import shown
from klustermotor.evaluation.models import Snapshot
from klustermotor.evaluation.queries import evaluation_of
from klustermotor.evaluation.releases import packed, releases_in, unpacked
from klustermotor.evaluation.services import order_report, release_report
from klustermotor.surveys.services import close_wave, open_wave, store_answers


def answered(region: Any) -> int:
    return evaluation_of(region.surveyed, "2009").evaluation.waves[-1].answered


def test_an_open_wave_stands_still_until_five_in_every_group_have_answered(
    region: Any, answers_of: Callable[..., pl.DataFrame]
) -> None:
    open_wave(region.wave, by=region.users["evaluator"])
    assert answered(region) == 27
    for count, seen in ((28, 27), (33, 27), (37, 37)):
        store_answers(region.wave, answers_of("2009", count))
        assert answered(region) == seen
    assert Snapshot.objects.count() == 2
    store_answers(region.wave, answers_of("2009", 42))
    close_wave(region.wave, by=region.users["evaluator"])
    assert answered(region) == 42


def test_after_a_release_a_single_new_answer_is_not_shown(
    region: Any, answers_of: Callable[..., pl.DataFrame], client: Any
) -> None:
    evaluator = region.users["evaluator"]
    report = order_report(region.surveyed, "2009", languages=["sv"], formats=["html"], by=evaluator)
    release_report(report, by=evaluator)
    assert answered(region) == 27
    store_answers(region.wave, answers_of("2009", 28))
    with pytest.raises(ReleaseRefusedError):
        evaluation_of(region.surveyed, "2009")
    client.force_login(evaluator, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/initiatives/steel/evaluation?wave=2009").content.decode()
    assert "Resultaten får vänta" in page


def test_a_release_is_read_as_it_was_kept(region: Any) -> None:
    from klustermotor.evaluation.queries import answers_shown

    evaluated = evaluation_of(region.surveyed, "2009")
    releases = releases_in(
        evaluated.evaluation.estimates, answers_shown(evaluated.waves), ("size",)
    )
    assert unpacked(packed(releases)) == releases
    assert releases[0].shown


def test_only_the_fixed_groups_can_be_chosen(region: Any, client: Any) -> None:
    client.force_login(
        region.users["evaluator"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    groups = dict(shown(region.surveyed, "2009", "sv").groups)
    assert all(group.startswith("size=") for group in groups)
    address = "/initiatives/steel/evaluation?wave=2009&group="
    assert client.get(f"{address}results.sales=1").status_code == 404
    for group in groups:
        assert client.get(address + group).status_code == 200
