"""Two organisations, or two people, made one and made two again."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from klustermotor.core.history import acting
from klustermotor.core.merging import (
    CannotMergeError,
    CannotUndoMergeError,
    hanging_on,
    preview,
    undeclared,
    values_of,
)
from klustermotor.register.models import (
    ConsentText,
    Establishment,
    FormerNumber,
    Industry,
    LegalBasis,
    LoadChange,
    Merge,
    Note,
    NotTheSame,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    SecrecyMark,
    Source,
    SourcedValue,
    SourceKey,
    Tag,
    ValueChainPosition,
    YearlyFact,
)
from klustermotor.register.services.industries import keep_main_industries
from klustermotor.register.services.merging import (
    forget_apart,
    merge,
    tell_apart,
    undo_merge,
    why_not,
)
from klustermotor.register.services.provenance import Told, hand_values, tell, tell_by_hand


@pytest.mark.parametrize("model", [Organisation, Person])
def test_every_relation_to_what_can_be_merged_is_declared(model):
    assert undeclared(model) == []


def test_a_relation_that_nobody_declared_is_noticed(monkeypatch):
    from klustermotor.core import merging

    left = {key: one for key, one in merging._hanging.items() if one.model is not Note}
    monkeypatch.setattr(merging, "_hanging", left)
    assert "register.Note.organisation" in undeclared(Organisation)
    assert "register.Note.person" in undeclared(Person)


def test_plain_columns_that_hold_a_key_are_declared_too():
    keyed = {(one.model, one.by) for one in hanging_on(Organisation)}
    for model in apps.get_app_config("register").get_models():
        has_key = any(
            f.name == "row" and isinstance(f, models.UUIDField) for f in model._meta.fields
        )
        # What a load wrote is told of the row as it was, as the history is.
        if has_key and not hasattr(model, "instance_type") and model is not LoadChange:
            assert (model, "row") in keyed


@pytest.fixture
def source(db):
    return Source.objects.create(pk="register", name="A register")


@pytest.fixture
def pair(make_organisation, source, users, falun):
    """Two rows of one company, each with something of every kind."""
    first = make_organisation("Stålverket AB", city="Falun", municipality=falun)
    second = make_organisation("Stalverket", city="FALUN", phone="023-1", street="Gatan 1")
    third = make_organisation("Moderbolaget AB")
    tag, shared = Tag.objects.create(name="stål"), Tag.objects.create(name="export")
    industry = Industry.objects.create(
        pk="SNI2007:24", standard="SNI2007", code="24", level="division"
    )
    person = Person.objects.create(name="Kim Berg")
    for one, value in ((first, 10), (second, 12)):
        OrganisationTag.objects.create(organisation=one, tag=shared)
        YearlyFact.objects.create(
            organisation=one, year=2024, measure="employees", value=value, source=source
        )
        OrganisationIndustry.objects.create(organisation=one, industry=industry)
        PersonRole.objects.create(person=person, organisation=one, title="VD")
    OrganisationTag.objects.create(organisation=second, tag=tag)
    YearlyFact.objects.create(
        organisation=second, year=2023, measure="employees", value=11, source=source
    )
    Establishment.objects.create(organisation=second, name="Verket", number="12345678")
    Note.objects.create(organisation=second, text="Ringde.", by=users["keeper"])
    OrganisationName.objects.create(organisation=second, name="Stålgruvan", kind="trade")
    FormerNumber.objects.create(organisation=second, number="5560125790")
    ValueChainPosition.objects.create(organisation=second, cluster="stål", position="upstream")
    NotTheSame.objects.create(left=second, right=third)
    Organisation.objects.create(name="Dottern AB", parent=second)
    mark = SecrecyMark.objects.create(
        model="register.organisation", row=second.pk, legal_ground="OSL 30:23",
        decided_by="Chef", decided_on=date(2024, 1, 1),
    )  # fmt: skip
    mark.readers.add(users["reader"])
    SourceKey.objects.create(source=source, key="77", model="organisation", row=second.pk)
    tell([Told("organisation", second.pk, "street", "Gatan 1")], source)
    tell_by_hand(second, ["phone"], by=users["keeper"])
    keep_main_industries([first.pk, second.pk])
    first.refresh_from_db(), second.refresh_from_db()
    return first, second


def everything(*things):
    """All rows of the register, as they stand."""
    told = {}
    for model in apps.get_app_config("register").get_models(include_auto_created=True):
        if hasattr(model, "instance_type") or model is Merge:
            continue
        told[model._meta.label] = sorted(
            (values_of(row) for row in model._base_manager.all()), key=str
        )
    for row in (*told["register.Organisation"], *told["register.Person"]):
        row.pop("changed_at")
    return told


def test_all_that_hangs_on_the_merged_one_moves_and_nothing_is_lost(pair, users):
    first, second = pair
    key, number = second.pk, second.number
    record = merge(first, second, ["phone"], by=users["keeper"])
    assert not Organisation.objects.filter(pk=key).exists()
    first.refresh_from_db()
    assert (first.name, first.phone, first.city) == ("Stålverket AB", "023-1", "Falun")
    assert set(first.other_names.values_list("name", flat=True)) == {"Stålgruvan", "Stalverket"}
    assert set(first.former_numbers.values_list("number", flat=True)) == {"5560125790", number}
    assert {row.tag.name for row in first.tags.all()} == {"stål", "export"}
    facts = first.yearly_facts.order_by("year").values_list("year", "value")
    assert list(facts) == [(2023, 11), (2024, 10)]
    assert first.establishments.get().number == "12345678"
    assert first.notes.get().text == "Ringde."
    assert first.subsidiaries.get().name == "Dottern AB"
    assert first.people.count() == 1
    assert first.value_chain_positions.get().cluster == "stål"
    assert SourceKey.objects.get().row == first.pk
    assert SecrecyMark.objects.get().row == first.pk
    assert NotTheSame.objects.get().left == first
    assert hand_values([first.pk]) == {(first.pk, "phone"): "023-1"}
    aside = [step["model"] for step in record.steps if step["do"] == "aside"]
    assert sorted(aside) == [
        "register.organisationindustry",
        "register.organisationtag",
        "register.personrole",
        "register.sourcedvalue",
        "register.yearlyfact",
    ]


def test_the_preview_tells_what_will_move_and_what_is_there_already(pair):
    first, second = pair
    with translation.override("en"):
        told = {str(one.label): (one.moved, one.aside) for one in preview(second, first)}
    assert told["figures of years"] == (1, 1)
    assert sum(moved for moved, _ in told.values()) == 9
    assert OrganisationTag.objects.filter(organisation=second).count() == 2


def test_undo_brings_both_back_exactly(pair, users):
    before = everything()
    record = merge(pair[0], pair[1], ["phone", "name", "number"], by=users["keeper"])
    assert everything() != before
    undo_merge(record, by=users["keeper"])
    assert everything() == before
    assert SecrecyMark.objects.get().readers.get() == users["reader"]


def test_the_history_tells_of_the_merge_and_its_undo(pair, users):
    first, second = pair
    key = second.pk
    record = merge(first, second, ["phone"], by=users["keeper"])
    assert first.history.first().history_change_reason == "organisation.merged"
    gone = Organisation.history.filter(id=key).first()
    assert (gone.history_type, gone.history_change_reason) == ("-", "organisation.merged")
    undo_merge(record, by=users["keeper"])
    back = Organisation.history.filter(id=key).first()
    assert (back.history_type, back.history_change_reason) == ("+", "organisation.merge_undone")
    assert back.history_user == users["keeper"]


def test_the_name_and_number_that_are_not_kept_stay_findable(pair, users):
    first, second = pair
    old_name, old_number, number = first.name, first.number, second.number
    merge(first, second, ["name", "number"], by=users["keeper"])
    first.refresh_from_db()
    assert (first.name, first.number) == ("Stalverket", number)
    assert first.other_names.filter(name=old_name).exists()
    assert first.former_numbers.filter(number=old_number).exists()


def test_undo_is_refused_with_reasons_when_something_was_changed_since(pair, users, source):
    first, second = pair
    number = second.number
    record = merge(first, second, ["phone"], by=users["keeper"])
    first.refresh_from_db()
    with acting(users["keeper"], "organisation.changed"):
        first.phone = "070"
        first.save()
    first.establishments.get().delete()
    elsewhere = Organisation.objects.create(name="Annat AB", number=number)
    OrganisationTag.objects.filter(tag__name="stål").update(organisation=elsewhere)
    reasons = " ".join(why_not(record))
    assert len(why_not(record)) == 4
    assert number in reasons
    with pytest.raises(CannotUndoMergeError):
        undo_merge(record, by=users["keeper"])
    assert Organisation.objects.filter(pk=record.merged).count() == 0


def test_a_later_note_on_the_survivor_does_not_hinder_undo(pair, users):
    first, second = pair
    record = merge(first, second, [], by=users["keeper"])
    Note.objects.create(organisation=first, text="Senare.")
    undo_merge(record, by=users["keeper"])
    assert [note.text for note in Note.objects.filter(organisation=first)] == ["Senare."]


def test_merges_of_merges_are_undone_last_first(make_organisation, users):
    one, two, three = (make_organisation(f"Bolag {n} AB") for n in range(3))
    keys = one.pk, two.pk, three.pk
    early = merge(two, three, [], by=users["keeper"])
    late = merge(one, two, [], by=users["keeper"])
    early.refresh_from_db()
    assert early.survivor == keys[0]
    assert why_not(early)
    undo_merge(late, by=users["keeper"])
    early.refresh_from_db()
    assert early.survivor == keys[1]
    undo_merge(early, by=users["keeper"])
    assert Organisation.objects.filter(pk__in=keys).count() == 3


def test_a_company_never_becomes_its_own_parent(make_organisation, users):
    top = make_organisation("Toppen AB")
    mother = make_organisation("Modern AB", parent=top)
    child = make_organisation("Barnet AB", parent=mother)
    record = merge(child, mother, ["parent"], by=users["keeper"])
    child.refresh_from_db()
    assert child.parent == top
    undo_merge(record, by=users["keeper"])
    child.refresh_from_db()
    assert child.parent_id == mother.pk


def test_a_company_is_not_merged_with_itself(make_organisation, users):
    one = make_organisation()
    with pytest.raises(CannotMergeError):
        merge(one, one, [], by=users["keeper"])


def test_people_become_one_with_their_roles_consents_and_unsubscription(
    make_person, make_organisation, users, source
):
    kept, gone = make_person("Kim Berg", email="kim@a.example"), make_person("Kim  Berg")
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    Person.objects.filter(pk=gone.pk).update(unsubscribed_at=moment)
    gone.refresh_from_db()
    company = make_organisation()
    PersonRole.objects.create(person=gone, organisation=company, title="VD")
    text = ConsentText.objects.create(purpose="news", language="sv", version=1, text="Ja")
    for person in (kept, gone):
        LegalBasis.objects.create(
            person=person, purpose="news", basis="consent", text=text, source=source,
            given_on=date(2024, 1, 1),
        )  # fmt: skip
    before = everything()
    record = merge(kept, gone, [], by=users["keeper"])
    kept.refresh_from_db()
    assert kept.unsubscribed_at == moment
    assert kept.roles.get().title == "VD"
    assert kept.legal_bases.count() == 1
    undo_merge(record, by=users["keeper"])
    assert everything() == before


def test_two_that_are_not_the_same_are_remembered_and_forgotten(make_organisation, users):
    one, two = make_organisation("A AB"), make_organisation("A Bolaget AB")
    tell_apart(two, one, by=users["keeper"])
    tell_apart(one, two, by=users["keeper"])
    assert NotTheSame.objects.count() == 1
    forget_apart(one, two, by=users["keeper"])
    assert NotTheSame.objects.count() == 0


def test_sourced_values_of_values_not_kept_do_not_pass_for_the_survivors_own(pair, users):
    first, second = pair
    merge(first, second, [], by=users["keeper"])
    assert not SourcedValue.objects.filter(row=first.pk, source=Source.BY_HAND).exists()
