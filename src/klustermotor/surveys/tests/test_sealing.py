"""Links and seals: what opens them, what does not, and what the database alone tells."""

import pytest

from klustermotor.surveys.fieldwork import keys
from klustermotor.surveys.fieldwork.keys import KeyMissingError
from klustermotor.surveys.fieldwork.links import invitation_of, link_token
from klustermotor.surveys.fieldwork.sealing import SealBrokenError, opened, row_id, sealed
from klustermotor.surveys.models import Fieldwork, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    fieldwork = Fieldwork.objects.create(name="2026", languages=["sv"])
    keys.make_fieldwork_key(fieldwork.pk)
    return Invitation.objects.create(fieldwork=fieldwork, email="eva@exempel.se")


def test_a_link_opens_its_invitation_and_a_reminder_repeats_it(invitation: Invitation) -> None:
    token = link_token(invitation)
    assert invitation_of(token) == invitation
    assert link_token(Invitation.objects.get()) == token
    assert len(token) == 48


def test_earlier_links_work_until_they_are_called_in(invitation: Invitation) -> None:
    first = link_token(invitation)
    invitation.generation = 2
    invitation.save()
    assert invitation_of(first) == invitation
    assert invitation_of(link_token(invitation)) == invitation
    invitation.valid_from = 2
    invitation.save()
    assert invitation_of(first) is None


@pytest.mark.parametrize("place", [0, 20, 25, 47])
def test_a_changed_letter_opens_nothing(invitation: Invitation, place: int) -> None:
    token = link_token(invitation)
    other = "A" if token[place] != "A" else "E"
    assert invitation_of(token[:place] + other + token[place + 1 :]) is None


@pytest.mark.parametrize("token", ["", "x", "å" * 48, "A" * 48, "A" * 4000, "AAAA=AAAA", "\0"])
def test_anything_else_opens_nothing(invitation: Invitation, token: str) -> None:
    assert invitation_of(token) is None


def test_a_link_to_a_later_generation_than_was_made_opens_nothing(invitation: Invitation) -> None:
    invitation.generation = 3
    later = link_token(invitation)
    assert invitation_of(later) is None


def test_what_is_sealed_opens_under_its_own_row_only(invitation: Invitation) -> None:
    row, fieldwork = row_id(invitation), invitation.fieldwork_id
    content = sealed(fieldwork, row, {"answers": {"motives.skills": "1"}, "note": "å"})
    assert opened(fieldwork, row, content)["answers"] == {"motives.skills": "1"}
    with pytest.raises(SealBrokenError):
        opened(fieldwork, "another", content)
    with pytest.raises(SealBrokenError):
        opened(fieldwork, row, content[:-1] + bytes([content[-1] ^ 1]))


def test_its_length_does_not_tell_how_much_was_written(invitation: Invitation) -> None:
    row, fieldwork = row_id(invitation), invitation.fieldwork_id
    short, long = (sealed(fieldwork, row, {"text": "x" * n}) for n in (1, 3000))
    assert len(short) == len(long)
    assert short != sealed(fieldwork, row, {"text": "x"})


def test_without_the_key_nothing_opens_for_ever(invitation: Invitation) -> None:
    row, fieldwork = row_id(invitation), invitation.fieldwork_id
    token, content = link_token(invitation), sealed(fieldwork, row, {"a": 1})
    assert keys.destroy_fieldwork_key(fieldwork)
    assert not keys.destroy_fieldwork_key(fieldwork)
    assert invitation_of(token) is None
    with pytest.raises(KeyMissingError):
        opened(fieldwork, row, content)
    keys.make_fieldwork_key(fieldwork)
    assert invitation_of(token) is None
    with pytest.raises(SealBrokenError):
        opened(fieldwork, row, content)


def test_a_key_is_made_once_and_readable_by_its_owner_only(invitation: Invitation) -> None:
    before = keys.fieldwork_key(invitation.fieldwork_id, "link")
    keys.make_fieldwork_key(invitation.fieldwork_id)
    assert keys.fieldwork_key(invitation.fieldwork_id, "link") == before
    assert keys.fieldwork_key(invitation.fieldwork_id, "seal") != before
    path = keys._path("fieldwork", invitation.fieldwork_id)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_the_evaluator_takes_the_panels_key_away_and_brings_it_back(
    invitation: Invitation,
) -> None:
    owner = invitation.pk
    before = keys.panel_key(owner, make=True)
    text = keys.take_panel_key(owner)
    with pytest.raises(KeyMissingError):
        keys.panel_key(owner)
    with pytest.raises(ValueError):
        keys.bring_panel_key(owner, text[:-2])
    keys.bring_panel_key(owner, f" {text}\n")
    assert keys.panel_key(owner) == before
    with pytest.raises(ValueError, match="Another key"):
        keys.bring_panel_key(owner, "00" * 32)
