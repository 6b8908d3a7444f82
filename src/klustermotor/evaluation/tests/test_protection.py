"""What has been let out counts: snapshots of open waves, and released reports."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.urls import reverse

from klustermotor.analysis.evaluation import WHOLE
from klustermotor.core.jobs import run_job
from klustermotor.evaluation.contents import shown
from klustermotor.evaluation.models import Report, Snapshot
from klustermotor.evaluation.queries import evaluation_of
from klustermotor.evaluation.services import (
    ReleaseRefusedError,
    order_report,
    release_report,
    withdraw_report,
)
from klustermotor.surveys.models import Answer
from klustermotor.surveys.services import close_wave, open_wave, store_answers

LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
ADDRESS = "/initiatives/steel/evaluation?wave=2009"


def answered(region: Any) -> int:
    return evaluation_of(region.surveyed, "2009").evaluation.waves[-1].answered


def groups(region: Any) -> set[str]:
    """The groups of the wave of 2009 that anything is shown of."""
    table = evaluation_of(region.surveyed, "2009").evaluation.estimates
    seen = table.filter(~pl.col("suppressed") & (pl.col("group") != WHOLE), wave="2009")
    return set(seen["group"])


def release(region: Any, **changes: Any) -> Report:
    by = region.users["evaluator"]
    asked = {"languages": ["sv"], "formats": ["html"], **changes}
    report = order_report(region.surveyed, "2009", by=by, **asked)
    run_job(report.job_id)
    report.refresh_from_db()
    release_report(report, by=by)
    return report


def read(client: Any, region: Any, language: str = "sv") -> str:
    user = region.users["evaluator"]
    user.language = language
    user.save()
    client.force_login(user, backend=LOGIN)
    return client.get(ADDRESS).content.decode()


def test_an_open_wave_stands_still_until_five_more_have_answered(
    region: Any, answers_of: Callable[..., pl.DataFrame]
) -> None:
    open_wave(region.wave, by=region.users["evaluator"])
    assert answered(region) == 27
    for count, seen in ((28, 27), (31, 27), (32, 32), (36, 32)):
        store_answers(region.wave, answers_of("2009", count))
        assert answered(region) == seen
    assert Snapshot.objects.count() == 2


def test_an_open_wave_is_shown_as_a_whole_only_and_called_preliminary(
    region: Any, client: Any
) -> None:
    assert groups(region) != set()
    open_wave(region.wave, by=region.users["evaluator"])
    assert groups(region) == set()
    assert "Preliminära siffror." in read(client, region)
    close_wave(region.wave, by=region.users["evaluator"])
    assert groups(region) != set()
    assert "Preliminära siffror." not in read(client, region)


def test_the_last_two_answers_before_closing_are_not_laid_bare(
    region: Any, answers_of: Callable[..., pl.DataFrame]
) -> None:
    open_wave(region.wave, by=region.users["evaluator"])
    assert answered(region) == 27
    store_answers(region.wave, answers_of("2009", 29))
    close_wave(region.wave, by=region.users["evaluator"])
    assert answered(region) == 27
    assert Snapshot.objects.get().waiting == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "1 svar som har kommit in eller ändrats räknas inte ännu"),
        ("nb", "1 svar som er kommet inn eller endret, teller ikke med ennå"),
        ("en", "1 answer that has come in or been changed does not count yet"),
    ],
)
def test_after_a_release_a_single_new_answer_waits_and_the_page_says_so(
    region: Any,
    answers_of: Callable[..., pl.DataFrame],
    client: Any,
    language: str,
    words: str,
) -> None:
    release(region)
    store_answers(region.wave, answers_of("2009", 28))
    assert answered(region) == 27
    assert words in read(client, region, language)


def test_after_a_release_other_answers_show_no_groups(
    region: Any, answers_of: Callable[..., pl.DataFrame]
) -> None:
    release(region)
    assert groups(region) != set()
    store_answers(region.wave, answers_of("2009", 37))
    assert answered(region) == 37
    assert groups(region) == set()


def test_an_answer_corrected_after_a_release_stays_as_it_was_shown(region: Any) -> None:
    release(region)
    before = evaluation_of(region.surveyed, "2009").evaluation.estimates
    one = Answer.objects.filter(wave=region.wave).order_by("respondent").first()
    changed = {**one.values, "results.sales": "5" if one.values["results.sales"] != "5" else "1"}
    Answer.objects.filter(pk=one.pk).update(values=changed)
    region.wave.revision += 1
    region.wave.save()
    assert evaluation_of(region.surveyed, "2009").evaluation.estimates.equals(before)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "Bygg rapporten på nytt"),
        ("nb", "Bygg rapporten på nytt"),
        ("en", "Build the report again"),
    ],
)
def test_a_report_on_other_answers_than_those_released_is_refused(
    region: Any,
    answers_of: Callable[..., pl.DataFrame],
    client: Any,
    language: str,
    words: str,
) -> None:
    """One was built on 27 answers, the other on 28; only one of them may be released."""
    by = region.users["evaluator"]
    by.language = language
    by.save()
    first = order_report(region.surveyed, "2009", languages=["sv"], formats=["html"], by=by)
    run_job(first.job_id)
    store_answers(region.wave, answers_of("2009", 28))
    release(region, formats=["xlsx"])
    client.force_login(by, backend=LOGIN)
    refused = client.post(reverse("report_release", kwargs={"report": first.pk}))
    assert refused.status_code == 409
    assert words in refused.content.decode()
    first.refresh_from_db()
    assert first.released_at is None
    with pytest.raises(ReleaseRefusedError):
        release_report(first, by=by)


def test_a_withdrawn_report_still_counts(
    region: Any, answers_of: Callable[..., pl.DataFrame]
) -> None:
    withdraw_report(release(region), by=region.users["evaluator"])
    store_answers(region.wave, answers_of("2009", 28))
    assert answered(region) == 27


def test_the_same_answers_may_be_released_in_several_reports(region: Any) -> None:
    first, second = release(region), release(region, formats=["xlsx"])
    assert first != second
    assert Snapshot.objects.filter(wave=region.wave).count() == 1


def test_only_the_fixed_groups_can_be_chosen(region: Any, client: Any) -> None:
    client.force_login(region.users["evaluator"], backend=LOGIN)
    choices = dict(shown(region.surveyed, "2009", "sv").groups)
    assert all(group.startswith("size=") for group in choices)
    assert client.get(f"{ADDRESS}&group=results.sales=1").status_code == 404
    for group in choices:
        assert client.get(f"{ADDRESS}&group={group}").status_code == 200
