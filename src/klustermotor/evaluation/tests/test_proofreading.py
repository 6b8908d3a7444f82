"""Texts held against the figures: remarks while writing, overrides, and reports that are not built.

In the small region 10 of 27 (37 per cent) state more sales to a great extent in 2009.
"""

from typing import Any

import pytest

from klustermotor.core.jobs import run_job
from klustermotor.core.models import Job
from klustermotor.evaluation.models import ProofOverride, Report, SectionText
from klustermotor.evaluation.proofreading import Remark, figures_for, proof_of
from klustermotor.evaluation.services import (
    TextsToMendError,
    order_report,
    override_fault,
    save_text,
    take_back_override,
)

WRONG = {
    "sv": "År 2009 svarade 62 procent av företagen ”i hög grad eller mer” om ökad försäljning.",
    "nb": "I 2009 svarte 62 prosent av bedriftene «i stor grad eller mer» om økt salg.",
    "en": "In 2009, 62 percent of the companies answered “to a great extent or more” on more sales.",
}
RIGHT = {"sv": "37\u00a0procent", "nb": "37\u00a0prosent", "en": "37\u00a0percent"}
SAID = {"sv": "stämmer inte med tabellen", "nb": "stemmer ikke med tabellen", "en": "not agree"}


def write(region: Any, text: str, *, language: str = "sv", section: str = "results") -> SectionText:
    by = region.users["evaluator"]
    row = SectionText.objects.filter(section=section, language=language).first()
    version = row.version if row else 0
    return save_text(
        region.surveyed, "2009", section, language, text, by=by, base_version=version
    ).text


def remarks(text: SectionText) -> tuple[Remark, ...]:
    return proof_of(text, figures_for(text.initiative, text.period, text.language)).remarks


def order(region: Any, **changes: Any) -> Report:
    asked = {"languages": ["sv"], "formats": ["html"], **changes}
    return order_report(region.surveyed, "2009", by=region.users["evaluator"], **asked)


def built(report: Report) -> str:
    """The page of a report once its job is done."""
    run_job(report.job_id)
    report.job.refresh_from_db()
    assert report.job.state == Job.State.DONE, report.job.error
    return report.job.files()[0].read_text()


def enter(client: Any, region: Any, role: str = "evaluator") -> None:
    client.force_login(
        region.users[role], backend="allauth.account.auth_backends.AuthenticationBackend"
    )


def post(client: Any, text: str, *, htmx: bool = True, **more: str) -> Any:
    row = SectionText.objects.filter(section=more.get("section", "results")).first()
    posted = {
        "period": "2009", "section": "results", "language": "sv", "text": text,
        "version": str(row.version if row else 0), **more,
    }  # fmt: skip
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post("/initiatives/steel/text", posted, headers=headers)


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_a_wrong_figure_is_remarked_in_the_language_of_the_text(region: Any, language: str) -> None:
    text = write(region, WRONG[language], language=language)
    (remark,) = remarks(text)
    assert remark.blocks
    assert remark.fault.suggestion == RIGHT[language]
    assert SAID[language] in remark.fault.message
    assert text.text[remark.fault.start : remark.fault.end].startswith("62")


def test_advice_is_not_offered_as_a_wording(region: Any) -> None:
    (remark,) = remarks(write(region, "Klustret har lett till fler jobb."))
    assert remark.fault.kind == "effect"
    assert remark.fault.suggestion
    assert remark.wording == ""
    assert not remark.blocks


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("En sjättedel av företagen svarade 2009 ”i hög grad eller mer” om ökad försäljning.",
         "quantity_word"),
        (WRONG["sv"], "wrong_figure"),
    ],
)  # fmt: skip
def test_an_error_of_any_kind_holds_a_report_up_until_it_is_mended_or_let_stand(
    region: Any, sentence: str, kind: str
) -> None:
    text = write(region, sentence)
    (remark,) = remarks(text)
    assert (remark.fault.severity, remark.fault.kind) == ("error", kind)
    with pytest.raises(TextsToMendError):
        order(region)
    override_fault(text, remark, "Ett citat.", by=region.users["evaluator"])
    page = built(order(region))
    assert sentence in page
    assert "Ett citat." in page


def test_a_right_figure_draws_no_remark(region: Any) -> None:
    text = write(region, WRONG["sv"].replace("62", "37"))
    assert remarks(text) == ()


def test_what_is_wrong_is_shown_with_its_cell_while_it_is_written(region: Any, client: Any) -> None:
    enter(client, region)
    page = post(client, WRONG["sv"]).content.decode()
    assert "Kan inte stämma" in page
    assert "<mark>62 procent</mark>" in page
    assert "n = 27" in page
    assert f'data-wording="{RIGHT["sv"]}"' in page
    assert "1 sak att kontrollera. 1 måste rättas" in page
    assert "data-remark" not in post(client, WRONG["sv"].replace("62", "37")).content.decode()


def test_offsets_are_counted_as_a_browser_counts_them(region: Any, client: Any) -> None:
    enter(client, region)
    before = "En växt 🌱 först. "
    page = post(client, before + WRONG["sv"]).content.decode()
    expected = len((before + WRONG["sv"]).split("62")[0].encode("utf-16-le")) // 2
    assert f'data-start="{expected}"' in page


def test_without_javascript_the_wording_is_put_in_place_when_saved(
    region: Any, client: Any
) -> None:
    enter(client, region)
    fingerprint = remarks(write(region, WRONG["sv"]))[0].fingerprint
    answer = post(client, WRONG["sv"], htmx=False, use=fingerprint)
    assert answer.status_code == 302
    row = SectionText.objects.get()
    assert row.text == WRONG["sv"].replace("62 procent", RIGHT["sv"])
    assert row.history.first().history_change_reason == "text.reworded"
    assert WRONG["sv"] in [version.text for version in row.history.all()]


def test_no_report_is_built_while_a_text_cannot_be_true(region: Any, client: Any) -> None:
    text = write(region, WRONG["sv"])
    with pytest.raises(TextsToMendError) as refused:
        order(region)
    assert [proof.text for proof in refused.value.proofs] == [text]
    assert not Report.objects.exists()
    assert order(region, languages=["nb", "en"]).job is not None
    enter(client, region)
    page = client.get("/initiatives/steel/report?wave=2009").content.decode()
    assert WRONG["sv"] in page
    assert "section=results#text-results" in page
    posted = {"languages": ["sv"], "formats": ["html"]}
    page = client.post("/initiatives/steel/report?wave=2009", posted).content.decode()
    assert "Ingen rapport byggdes" in page
    assert Report.objects.count() == 1


def test_a_mended_text_lets_the_report_be_built(region: Any) -> None:
    write(region, WRONG["sv"])
    write(region, WRONG["sv"].replace("62", "37"))
    assert WRONG["sv"].replace("62", "37") in built(order(region))


def test_an_override_lets_it_be_built_and_stands_in_the_method(region: Any) -> None:
    text = write(region, WRONG["sv"])
    override_fault(text, remarks(text)[0], "Räknat  på de aktiva.", by=region.users["evaluator"])
    page = built(order(region))
    method = page[page.index("id='method'") :] if "id='method'" in page else page
    for said in ("Meningar som står kvar mot siffrorna", WRONG["sv"], "Räknat på de aktiva."):
        assert said in method
    assert "Evaluator" in method


def test_an_override_wants_a_reason(region: Any, client: Any) -> None:
    enter(client, region)
    fingerprint = remarks(write(region, WRONG["sv"]))[0].fingerprint
    page = post(client, WRONG["sv"], keep=fingerprint, **{f"reason-{fingerprint}": "  "})
    assert "Ange varför meningen står kvar." in page.content.decode()
    assert not ProofOverride.objects.exists()


def test_an_override_is_stated_and_taken_back_on_the_page(region: Any, client: Any) -> None:
    enter(client, region)
    fingerprint = remarks(write(region, WRONG["sv"]))[0].fingerprint
    page = post(client, WRONG["sv"], keep=fingerprint, **{f"reason-{fingerprint}": "Ett citat."})
    assert "Meningar som står kvar" in page.content.decode()
    assert "Ett citat." in page.content.decode()
    override = ProofOverride.objects.get()
    assert (override.author, override.reason) == (region.users["evaluator"], "Ett citat.")
    page = post(client, WRONG["sv"], take_back=fingerprint).content.decode()
    assert not ProofOverride.objects.exists()
    assert "måste rättas" in page
    kept = ProofOverride.history.first()
    assert (kept.history_type, kept.history_change_reason) == ("-", "fault.override_taken_back")


def test_an_override_survives_changes_elsewhere_and_falls_with_its_sentence(region: Any) -> None:
    text = write(region, WRONG["sv"])
    override_fault(text, remarks(text)[0], "Ett citat.", by=region.users["evaluator"])
    text = write(region, f"En ny inledning.\n\n{WRONG['sv']}\n\nOch ett slut.")
    assert not remarks(text)[0].blocks
    assert order(region).job is not None
    text = write(region, WRONG["sv"].replace("62", "63"))
    assert remarks(text)[0].blocks
    with pytest.raises(TextsToMendError):
        order(region)


def test_an_override_falls_with_the_figure_that_it_was_stated_against(
    region: Any, answers_of: Any
) -> None:
    from klustermotor.surveys.services import store_answers

    text = write(region, WRONG["sv"])
    override_fault(text, remarks(text)[0], "Ett citat.", by=region.users["evaluator"])
    store_answers(region.wave, answers_of("2009", 33))
    assert remarks(text)[0].blocks


def test_a_text_that_changes_after_the_order_fails_the_job_and_says_so(region: Any) -> None:
    report = order(region)
    write(region, WRONG["sv"])
    run_job(report.job_id)
    report.job.refresh_from_db()
    assert report.job.state == Job.State.FAILED
    assert WRONG["sv"] in report.job.error
    assert "ändrats sedan rapporten beställdes" in report.job.error


def test_an_override_taken_back_makes_another_report(region: Any) -> None:
    text = write(region, WRONG["sv"])
    by = region.users["evaluator"]
    first = override_fault(text, remarks(text)[0], "Ett citat.", by=by)
    report = order(region)
    take_back_override(first, by=by)
    override_fault(text, remarks(text)[0], "Ett bättre skäl.", by=by)
    assert order(region) != report


def test_a_round_is_blocked_by_its_chapters_and_its_common_texts(region: Any, client: Any) -> None:
    by = region.users["administrator"]
    write(region, WRONG["sv"])
    common = save_text(None, "2009", "common", "sv", WRONG["sv"], by=by, base_version=0).text
    with pytest.raises(TextsToMendError) as refused:
        order_report(None, "2009", languages=["sv"], formats=["html"], by=by)
    assert {proof.text.section for proof in refused.value.proofs} == {"results", "common"}
    enter(client, region, "administrator")
    page = client.get("/rounds/2009/report").content.decode()
    assert "/rounds/2009#text-common" in page
    posted = {"period": "2009", "section": "common", "language": "sv", "text": WRONG["sv"]}
    fingerprint = remarks(common)[0].fingerprint
    posted |= {"version": "1", "keep": fingerprint, f"reason-{fingerprint}": "Ett citat."}
    client.post("/rounds/2009/text", posted)
    assert ProofOverride.objects.get().text == common


@pytest.mark.parametrize(("role", "status"), [("process_leader", 403), ("staff", 403)])
def test_only_those_who_may_write_the_section_override_its_faults(
    region: Any, client: Any, role: str, status: int
) -> None:
    fingerprint = remarks(write(region, WRONG["sv"]))[0].fingerprint
    enter(client, region, role)
    answer = post(client, WRONG["sv"], keep=fingerprint, **{f"reason-{fingerprint}": "Så är det."})
    assert answer.status_code == status
    assert not ProofOverride.objects.exists()


def test_saving_asks_the_database_a_fixed_number_of_questions(
    region: Any, client: Any, django_assert_max_num_queries: Any
) -> None:
    enter(client, region)
    text = write(region, "\n\n".join([WRONG["sv"]] * 3))
    override_fault(text, remarks(text)[0], "Ett citat.", by=region.users["evaluator"])
    post(client, text.text + " ")
    with django_assert_max_num_queries(32):
        post(client, f"{text.text} Mer.")


def test_a_text_in_another_language_is_mended_after_a_change_of_language(
    region: Any, client: Any
) -> None:
    write(region, WRONG["nb"], language="nb")
    enter(client, region)
    page = client.get("/initiatives/steel/report?wave=2009").content.decode()
    assert 'name="language" value="nb">Till texten på ' in page
