"""What people write: saved, never lost, put back."""

from typing import Any

import pytest

from klustermotor.evaluation.models import SectionText
from klustermotor.evaluation.services import restore_text, save_text


def save(region: Any, text: str, version: int, role: str = "evaluator") -> Any:
    return save_text(
        region.surveyed, "2009", "results", "sv", text, by=region.users[role], base_version=version
    )


def test_a_text_grows_by_versions_and_one_sitting_is_one_record(region: Any) -> None:
    first = save(region, "Det gick bra.", 0)
    second = save(region, "Det gick bra. Mycket bra.", first.text.version)
    assert second.refused is None
    assert second.text.version == 2
    assert [v.text for v in second.text.history.all()] == ["Det gick bra. Mycket bra.", ""]


def test_what_is_cut_away_stays_in_the_history(region: Any) -> None:
    first = save(region, "En lång text om allt som hänt.", 0)
    save(region, "Kort.", first.text.version)
    assert "En lång text om allt som hänt." in [
        v.text for v in SectionText.objects.get().history.all()
    ]


def test_a_stale_save_is_refused_and_both_texts_are_kept(region: Any) -> None:
    save(region, "Min text.", 0)
    late = save(region, "Deras text.", 0, role="administrator")
    row = SectionText.objects.get()
    assert late.refused == "Deras text."
    assert row.text == "Min text."
    kept = {(v.text, v.history_user.email) for v in row.history.exclude(history_user=None)}
    assert ("Deras text.", "admin@example.org") in kept


def test_the_same_text_again_is_no_conflict(region: Any) -> None:
    save(region, "Samma.", 0)
    again = save(region, "Samma.", 0, role="administrator")
    assert again.refused is None
    assert again.text.version == 1


def test_an_earlier_text_can_be_put_back(region: Any) -> None:
    first = save(region, "Först så.", 0)
    save(region, "Nu är det en helt annan text i stället.", first.text.version, "evaluator")
    row = SectionText.objects.get()
    earlier = row.history.filter(text="Först så.").first() or row.history.last()
    restored = restore_text(row, earlier.history_id, by=region.users["evaluator"])
    assert restored.text == earlier.text
    assert row.history.first().history_change_reason == "text.restored"


@pytest.mark.parametrize(("section", "status"), [("process-leader", 302), ("results", 403)])
def test_a_process_leader_writes_their_own_picture_only(
    region: Any, client: Any, section: str, status: int
) -> None:
    client.force_login(
        region.users["process_leader"],
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    posted = {
        "period": "2009", "section": section, "language": "sv", "version": "0", "text": "Så var det"
    }  # fmt: skip
    assert client.post("/initiatives/steel/text", posted).status_code == status
    assert SectionText.objects.filter(text="Så var det").exists() is (status == 302)


def test_a_session_that_has_ended_never_puts_the_login_page_into_the_text(client: Any) -> None:
    answer = client.post("/initiatives/steel/text", {"text": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
