"""Reports as jobs: built, interrupted, taken up again, cancelled, released."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation

from klustermotor.core.jobs import cancel, queue, run_job
from klustermotor.core.models import Job
from klustermotor.evaluation import jobs
from klustermotor.evaluation.documents import initiative_document, round_document
from klustermotor.evaluation.models import Report, Snapshot
from klustermotor.evaluation.services import order_report, release_report, save_text


def order(region: Any, **changes: Any) -> Report:
    asked = {"languages": ["sv", "en"], "formats": ["html", "xlsx"], **changes}
    return order_report(region.surveyed, "2009", by=region.users["evaluator"], **asked)


def names(report: Report) -> list[str]:
    report.job.refresh_from_db()
    return [path.name for path in report.job.files()]


def test_a_report_has_one_file_per_language_and_format(region: Any) -> None:
    report = order(region)
    run_job(report.job_id)
    assert names(report) == [
        "steel-2009-en.html", "steel-2009-en.xlsx", "steel-2009-sv.html", "steel-2009-sv.xlsx"
    ]  # fmt: skip
    page = next(p for p in report.job.files() if p.name == "steel-2009-sv.html").read_text()
    assert "Utvärdering av Stålklustret 2009" in page


def test_the_evaluators_text_stands_in_its_own_language_only(region: Any) -> None:
    by = region.users["evaluator"]
    save_text(region.surveyed, "2009", "results", "sv", "Min bedömning.", by=by, base_version=0)
    report = order(region)
    run_job(report.job_id)
    report.job.refresh_from_db()
    pages = {path.name: path.read_text() for path in report.job.files() if path.suffix == ".html"}
    assert "Min bedömning." in pages["steel-2009-sv.html"]
    assert "Min bedömning." not in pages["steel-2009-en.html"]


def test_asking_twice_gives_one_report_until_something_changes(region: Any) -> None:
    first = order(region)
    assert order(region) == first
    by = region.users["evaluator"]
    save_text(region.surveyed, "2009", "summary", "sv", "Nytt.", by=by, base_version=0)
    assert order(region) != first


def test_a_killed_worker_leaves_a_job_that_another_finishes(
    region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = order(region, languages=["sv"])
    written = jobs.render

    def killed(document: Any, path: Any) -> None:
        written(document, path)
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "render", killed)
    with pytest.raises(KeyboardInterrupt):
        run_job(report.job_id)
    assert names(report) == []
    monkeypatch.setattr(jobs, "render", written)
    Job.objects.filter(pk=report.job_id).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert queue.sweep() == 1
    run_job(report.job_id)
    assert names(report) == ["steel-2009-sv.html", "steel-2009-sv.xlsx"]
    folder = settings.HOME / "jobs" / str(report.job_id)
    assert [path.suffix for path in folder.iterdir()] == [""]


def test_a_cancelled_report_leaves_no_file(region: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    report = order(region, languages=["sv"])
    written = jobs.render
    monkeypatch.setattr("klustermotor.core.jobs.run.WRITE_EVERY", 0)

    def cancelled_meanwhile(document: Any, path: Any) -> None:
        written(document, path)
        cancel(report.job)

    monkeypatch.setattr(jobs, "render", cancelled_meanwhile)
    run_job(report.job_id)
    report.job.refresh_from_db()
    assert report.job.state == Job.State.CANCELLED
    assert names(report) == []


def test_an_initiative_without_a_survey_has_its_chapter_in_the_round(region: Any) -> None:
    by = region.users["administrator"]
    save_text(region.told, "2009", "observations", "sv", "Inkubatorn växte.", by=by, base_version=0)
    report = order_report(None, "2009", languages=["sv"], formats=["html"], by=by)
    run_job(report.job_id)
    report.job.refresh_from_db()
    page = report.job.files()[0].read_text()
    assert "Boomstaden" in page
    assert "Inkubatorn växte." in page
    assert "Stålklustret" in page


def test_what_a_released_report_showed_is_remembered(region: Any) -> None:
    report = order(region)
    release_report(report, by=region.users["evaluator"])
    report.refresh_from_db()
    assert report.released_at is not None
    kept = Snapshot.objects.values_list("wave__name", "answered", "groups_released")
    assert sorted(kept) == [("2008", 24, True), ("2009", 27, True)]


def test_a_release_changes_nothing_in_what_is_released(region: Any) -> None:
    first = order(region)
    release_report(first, by=region.users["evaluator"])
    assert order(region) == first


IN_ITS_LANGUAGE = {
    "sv": (
        "Utvärdering av Stålklustret 2009",
        "enkät till företagen i",
        "Slag",
        "klusterinitiativ",
    ),
    "nb": ("Evaluering av Stålklustret 2009", "blant bedriftene i", "Type", "klyngeinitiativ"),
    "en": (
        "Evaluation of Stålklustret 2009",
        "survey of the companies",
        "Kind",
        "cluster initiati",
    ),
}


@pytest.mark.parametrize("language", IN_ITS_LANGUAGE)
@pytest.mark.parametrize("of_the_page", IN_ITS_LANGUAGE)
def test_title_source_and_facts_are_in_the_documents_language_whatever_the_pages(
    region: Any, language: str, of_the_page: str
) -> None:
    with translation.override(of_the_page):
        document = initiative_document(region.surveyed, "2009", language)
        title_of_round = round_document("2009", language).title
    title, source, label, kind = IN_ITS_LANGUAGE[language]
    assert document.title == title
    assert (
        title_of_round
        == {
            "sv": "Utvärdering av initiativen 2009",
            "nb": "Evaluering av initiativene 2009",
            "en": "Evaluation of the initiatives 2009",
        }[language]
    )
    text = repr(document)
    assert source in text
    assert f"'{label}'" in text
    assert kind in text
    for other, words in IN_ITS_LANGUAGE.items():
        if other != language:
            assert not [word for word in (words[0], words[1], words[3]) if word in text]
