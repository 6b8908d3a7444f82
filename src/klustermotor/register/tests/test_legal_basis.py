"""By what right people are kept and written to."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from klustermotor.register.models import ConsentText, LegalBasis, Person
from klustermotor.register.queries.privacy import without_basis
from klustermotor.register.services.privacy import (
    consent_text,
    grant,
    grant_to_many,
    may_mail,
    person_of_token,
    save_consent_texts,
    subscribe_again,
    unsubscribe,
    unsubscribe_token,
    withdraw,
)

TEXTS = {
    "sv": "Ja, skicka nyheter till mig.",
    "nb": "Ja, send meg nyheter.",
    "en": "Yes, send me news.",
}


@pytest.fixture
def kim(make_person):
    return make_person("Kim Berg", email="kim@berg.example", language="nb")


@pytest.fixture
def texts(users):
    return save_consent_texts("news", TEXTS, by=users["administrator"])


def test_no_mail_goes_without_a_basis_for_just_that_purpose(kim, users):
    assert not may_mail(kim, "contact")
    grant(kim, "contact", "public_interest", by=users["keeper"])
    assert may_mail(kim, "contact")
    assert not may_mail(kim, "news")


def test_no_mail_goes_to_nobodys_address(kim, users):
    grant(kim, "contact", "public_interest", by=users["keeper"])
    kim.email = ""
    assert not may_mail(kim, "contact")


def test_a_consent_is_bound_to_the_words_that_stood(kim, users, texts):
    basis = grant(kim, "news", "consent", by=users["keeper"])
    assert (basis.text.language, basis.text.version, basis.text.text) == ("nb", 1, TEXTS["nb"])
    save_consent_texts("news", {**TEXTS, "nb": "Ja, gjerne."}, by=users["administrator"])
    basis.refresh_from_db()
    assert basis.text.text == TEXTS["nb"]
    assert consent_text("news", "nb").text == "Ja, gjerne."
    assert ConsentText.objects.filter(purpose="news", version=2).count() == 3


def test_saving_the_same_texts_makes_no_version(users, texts):
    assert save_consent_texts("news", TEXTS, by=users["administrator"]) == []
    assert ConsentText.objects.count() == 3


def test_a_text_is_needed_in_every_language(users):
    with pytest.raises(ValidationError) as raised:
        save_consent_texts("news", {**TEXTS, "nb": " "}, by=users["administrator"])
    assert set(raised.value.message_dict) == {"text_nb"}
    assert not ConsentText.objects.exists()


def test_there_is_no_consent_to_a_purpose_without_a_text(kim, users):
    with pytest.raises(ValidationError) as raised:
        grant(kim, "news", "consent", by=users["keeper"])
    assert "basis" in raised.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalBasis.objects.create(
            person=kim, purpose="news", basis="consent", source_id="by_hand", given_on="2026-01-01"
        )


def test_a_withdrawn_basis_carries_no_mail_and_may_be_given_anew(kim, users, texts):
    basis = grant(kim, "news", "consent", by=users["keeper"])
    assert grant(kim, "news", "consent", by=users["keeper"]).pk == basis.pk
    withdraw(basis, by=users["keeper"])
    assert not may_mail(kim, "news")
    ended = withdraw(basis, by=users["keeper"])
    assert ended.history.count() == 2
    assert grant(kim, "news", "consent", by=users["keeper"]).pk != basis.pk
    assert may_mail(kim, "news")


def test_a_basis_does_not_begin_tomorrow(kim, users):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        grant(kim, "contact", "contract", given_on=tomorrow, by=users["keeper"])


def test_the_address_in_a_mail_shows_a_form_and_a_post_ends_all_mail(kim, users, texts, client):
    grant(kim, "news", "consent", by=users["keeper"])
    grant(kim, "contact", "public_interest", by=users["keeper"])
    address = f"/unsubscribe/t/{unsubscribe_token(kim)}"
    page = client.get(address)
    assert page.status_code == 200
    assert "Kim Berg" not in page.content.decode()
    kim.refresh_from_db()
    assert kim.unsubscribed_at is None
    assert may_mail(kim, "news")
    assert client.post(address).status_code == 200
    kim.refresh_from_db()
    assert kim.unsubscribed_at is not None
    assert not may_mail(kim, "news")
    assert not may_mail(kim, "contact")
    assert kim.legal_bases.get(purpose="news").withdrawn_on == timezone.localdate()
    assert kim.legal_bases.get(purpose="contact").withdrawn_on is None
    first = kim.unsubscribed_at
    assert client.post(address).status_code == 200
    kim.refresh_from_db()
    assert kim.unsubscribed_at == first
    assert kim.history.first().history_change_reason == "person.unsubscribed"


def test_a_mail_reader_may_unsubscribe_without_a_form(kim):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    address = f"/unsubscribe/t/{unsubscribe_token(kim)}"
    done = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    kim.refresh_from_db()
    assert kim.unsubscribed_at is not None


def test_a_made_up_or_old_address_says_so_and_changes_nothing(kim, client):
    for token in ("x", unsubscribe_token(kim)[:-1] + "_", "é:a:b"):
        page = client.post(f"/unsubscribe/t/{token}")
        assert page.status_code == 404
    kim.refresh_from_db()
    assert kim.unsubscribed_at is None
    gone = unsubscribe_token(kim)
    kim.delete()
    assert client.post(f"/unsubscribe/t/{gone}").status_code == 404


def test_the_token_holds_no_name(kim):
    token = unsubscribe_token(kim)
    assert "Kim" not in token and "kim" not in token
    assert person_of_token(token) == kim


def test_mail_goes_again_only_when_somebody_has_asked_for_it(kim, users, texts):
    grant(kim, "news", "consent", by=users["keeper"])
    unsubscribe(kim)
    subscribe_again(kim, by=users["keeper"])
    kim.refresh_from_db()
    assert kim.unsubscribed_at is None
    assert not may_mail(kim, "news")


def test_people_without_a_basis_are_found_and_given_one_together(
    make_person, users, django_assert_num_queries
):
    people = [make_person(f"Person {n}") for n in range(5)]
    ended = grant(people[0], "contact", "contract", by=users["keeper"])
    grant(people[1], "contact", "contract", by=users["keeper"])
    withdraw(ended, by=users["keeper"])
    bare = [people[0], *people[2:]]
    assert list(without_basis(users["keeper"])) == bare
    assert list(without_basis(users["keeper"], "news")) == people
    today = timezone.localdate()
    assert (
        grant_to_many(people, "contact", "public_interest", given_on=today, by=users["keeper"]) == 5
    )
    assert (
        grant_to_many(people, "contact", "public_interest", given_on=today, by=users["keeper"]) == 0
    )
    assert list(without_basis(users["keeper"])) == []
    assert LegalBasis.history.filter(history_user=users["keeper"]).count() == 8
    with pytest.raises(ValidationError):
        grant_to_many(people, "news", "consent", given_on=today, by=users["keeper"])
    with django_assert_num_queries(1):
        list(without_basis(users["administrator"], "news"))


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["grant", "withdraw", "unsubscribe", "again"]),
            st.sampled_from(["news", "contact"]),
        ),
        max_size=8,
    )
)
@pytest.mark.django_db
def test_whatever_has_happened_mail_needs_a_standing_basis_and_no_refusal(steps):
    with transaction.atomic():
        person = Person.objects.create(name="Kim Berg", email="kim@berg.example")
        for step, purpose in steps:
            if step == "grant":
                grant(person, purpose, "public_interest", given_on=date(2026, 1, 1), by=None)
            elif step == "withdraw":
                for basis in person.legal_bases.filter(purpose=purpose):
                    withdraw(basis, by=None)
            elif step == "unsubscribe":
                unsubscribe(person)
            else:
                subscribe_again(person, by=None)
            refused = person.unsubscribed_at is not None
            for each in ("news", "contact"):
                stands = person.legal_bases.filter(purpose=each, withdrawn_on=None).exists()
                assert may_mail(person, each) == (stands and not refused)
        transaction.set_rollback(True)
