"""Answers from a file: shown, applied, undone; and never half."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import TestCase
from django.utils import timezone

from klustermotor.core.models import User
from klustermotor.initiatives.services import save_initiative
from klustermotor.surveys import loading, services
from klustermotor.surveys.models import Answer, AnswerLoad, Instrument, Wave
from klustermotor.surveys.queries import answer_table, questionnaire_of

YAML = """
id: short
title: {sv: Kort, nb: Kort, en: Short}
scales:
  grade: {type: ordinal, codes: {1: {sv: låg, nb: lav, en: low}, 2: {sv: hög, nb: høy, en: high}}}
blocks:
  - {id: results, type: scale, scale: grade, text: {sv: Resultat, nb: Resultat, en: Results},
     items: [{id: sales, text: {sv: försäljning, nb: salg, en: sales}}]}
"""


@pytest.fixture
def user(db: Any) -> User:
    return User.objects.create_user("e@example.org", name="E")


@pytest.fixture
def wave(db: Any) -> Wave:
    initiative = save_initiative("steel", name="Steel")
    instrument = services.save_instrument(YAML)
    return services.save_wave(initiative, "2009", instrument=instrument, groupings=["size"])


def staged(wave: Wave, user: User, text: str, name: str = "svar.csv") -> AnswerLoad:
    load = loading.stage(wave, ContentFile(text.encode(), name=name), by=user)
    return AnswerLoad.objects.select_related("wave__instrument", "wave__initiative").get(pk=load.pk)


def values(wave: Wave) -> dict[str, Any]:
    return dict(Answer.objects.filter(wave=wave).values_list("respondent", "values"))


def test_a_preview_says_what_would_happen_and_writes_nothing(wave: Wave, user: User) -> None:
    load = staged(wave, user, "respondent;size;results.sales\na;1-9;1\nb;10-;2\n")
    assert (load.preview["created"], load.preview["faults"]) == (2, [])
    assert [c["name"] for c in load.preview["columns"] if c["keep"]] == ["size"]
    assert not Answer.objects.exists()


def test_applying_and_undoing_brings_back_what_was(wave: Wave, user: User) -> None:
    loading.apply(staged(wave, user, "respondent,results.sales\na,1\nb,2\n"), by=user)
    before = values(wave)
    second = staged(wave, user, "respondent,results.sales\na,2\nc,1\n")
    assert (second.preview["created"], second.preview["changed"]) == (1, 1)
    loading.apply(second, by=user)
    assert values(wave)["a"] == {"results.sales": "2"}
    services.undo_load(second)
    assert values(wave) == before == {"a": {"results.sales": "1"}, "b": {"results.sales": "2"}}


def test_only_the_latest_file_can_be_undone(wave: Wave, user: User) -> None:
    first = staged(wave, user, "respondent,results.sales\na,1\n")
    loading.apply(first, by=user)
    loading.apply(staged(wave, user, "respondent,results.sales\nb,1\n"), by=user)
    with pytest.raises(ValidationError):
        services.undo_load(first)


def test_the_same_file_again_changes_nothing_with_or_without_keys(wave: Wave, user: User) -> None:
    for text in ("respondent,results.sales\na,1\n", "results.sales\n1\n1\n2\n"):
        loading.apply(staged(wave, user, text), by=user)
        again = staged(wave, user, text)
        assert (again.preview["created"], again.preview["changed"]) == (0, 0)


def test_an_unknown_code_names_row_column_and_value_and_blocks_the_file(
    wave: Wave, user: User, client: Any
) -> None:
    load = staged(wave, user, "respondent,results.sales\na,1\nb,7\n")
    fault = load.preview["faults"][0]
    assert "svar.csv" in fault
    assert "3" in fault
    assert "results.sales" in fault
    assert "7" in fault
    user.is_administrator = True
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(f"/surveys/files/{load.pk}/apply")
    assert not Answer.objects.exists()


def test_columns_with_other_names_are_read_as_chosen(wave: Wave, user: User, client: Any) -> None:
    load = staged(wave, user, "nr,q1,storlek\na,1,liten\n")
    assert load.preview["missing"] == ["results.sales"]
    user.is_administrator = True
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    chosen = {"as-0": "respondent", "as-1": "results.sales", "as-2": "keep"}
    client.post(f"/surveys/files/{load.pk}/columns", chosen)
    client.post(f"/surveys/files/{load.pk}/apply")
    assert values(wave) == {"a": {"results.sales": "1", "storlek": "liten"}}


def test_rows_of_other_waves_are_counted_and_left_out(wave: Wave, user: User) -> None:
    load = staged(wave, user, "wave,respondent,results.sales\n2008,a,1\n2009,b,2\n")
    assert (load.preview["rows"], load.preview["elsewhere"]) == (1, 1)
    loading.apply(load, by=user)
    assert list(values(wave)) == ["b"]


def test_a_large_file_is_read_by_a_worker(
    wave: Wave, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from klustermotor.core.jobs import run_job

    monkeypatch.setattr(loading, "LARGE", 1)
    load = staged(wave, user, "respondent,results.sales\na,1\n")
    assert load.preview is None
    run_job(load.job_id)
    load.refresh_from_db()
    assert load.preview["created"] == 1
    loading.apply(load, by=user)
    run_job(load.job_id)
    assert values(wave) == {"a": {"results.sales": "1"}}


def test_an_answer_table_names_nobody_unless_the_key_may_be_followed(
    wave: Wave, user: User
) -> None:
    loading.apply(staged(wave, user, "respondent,results.sales\na,1\n"), by=user)
    questionnaire = questionnaire_of(wave.instrument)
    assert answer_table(wave, questionnaire)["respondent"].to_list() == [None]
    wave.keyed = True
    assert answer_table(wave, questionnaire)["respondent"].to_list() == ["a"]


def test_a_changed_questionnaire_becomes_a_new_version(db: Any) -> None:
    first = services.save_instrument(YAML)
    assert services.save_instrument(YAML) == first
    assert services.save_instrument(YAML.replace("Kort", "Mindre")).version == 2
    assert Instrument.objects.count() == 2


def test_files_that_nobody_applied_are_forgotten(wave: Wave, user: User) -> None:
    old = staged(wave, user, "respondent,results.sales\na,1\n")
    new = staged(wave, user, "respondent,results.sales\nb,1\n")
    stray = loading.folder() / "stray.csv"
    stray.write_text("a,1")
    long_ago = timezone.now() - loading.KEPT - timedelta(hours=1)
    os.utime(stray, (long_ago.timestamp(), long_ago.timestamp()))
    AnswerLoad.objects.filter(pk=old.pk).update(created_at=long_ago)
    with TestCase.captureOnCommitCallbacks(execute=True):
        loading.forget_old()
    assert list(AnswerLoad.objects.all()) == [new]
    assert list(loading.folder().iterdir()) == [loading.path_of(new)]


def test_a_file_that_is_gone_is_said_to_be_so(wave: Wave, user: User) -> None:
    load = staged(wave, user, "respondent,results.sales\na,1\n")
    loading.path_of(load).unlink()
    with pytest.raises(ValidationError, match=r"Load it again|Läs in den igen"):
        loading.apply(load, by=user)
