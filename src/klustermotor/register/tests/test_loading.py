"""Loading organisations: what is shown is what is written, again changes nothing, undo undoes."""

from typing import Any

import pytest

from klustermotor.core.loaders import no_progress
from klustermotor.register.models import (
    FormerNumber,
    Industry,
    Load,
    Municipality,
    Note,
    Organisation,
    OrganisationName,
    SourcedValue,
    SourceKey,
    YearlyFact,
)
from klustermotor.register.services import loading
from klustermotor.register.services.provenance import correct
from klustermotor.register.tests.conftest import swedish_numbers
from klustermotor.register.tests.loads import applied, counts, csv, said, staged, undone

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NUMBERS = [number for number, _ in zip(swedish_numbers(559000000), range(20), strict=False)]
HEADING = ["Organisationsnummer", "Företagsnamn", "Adress", "Postnr", "Ort", "Kommun"]


def rows(count: int = 3, street: str = "Gatan", name: str = "Stål") -> list[list[str]]:
    return [
        [NUMBERS[i], f"{name} {i} AB", f"{street} {i}", "791 30", "Falun", "Falun"]
        for i in range(count)
    ]


def test_a_file_creates_what_the_preview_says(falun: Municipality) -> None:
    load = staged("organisations", csv(HEADING, rows()))
    assert counts(load) == {"created": 3}
    assert Organisation.objects.count() == 0

    loading.apply(load, no_progress)
    one = Organisation.objects.get(number=NUMBERS[1])
    assert (one.name, one.street, one.postcode, one.city) == (
        "Stål 1 AB",
        "Gatan 1",
        "791 30",
        "Falun",
    )
    assert one.municipality == falun
    assert one.country == "SE"
    assert [h.history_type for h in one.history.all()] == ["+"]
    assert one.history.get().history_change_reason == "register.loaded"
    assert SourceKey.objects.get(row=one.pk).told["street"] == "Gatan 1"


def test_the_same_file_again_changes_nothing(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows()))
    history = Organisation.history.count()
    load = applied("organisations", csv(HEADING, rows()))
    assert counts(load) == {"unchanged": 3}
    assert Organisation.history.count() == history


def test_a_newer_file_shows_what_changes_from_what_to_what(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows()))
    load = staged("organisations", csv(HEADING, rows(street="Vägen")))
    assert counts(load) == {"changed": 3}
    row = load.rows.get(row=2)
    assert row.changes == [["street", "Gatan 0", "Vägen 0"]]
    loading.apply(load, no_progress)
    one = Organisation.objects.get(number=NUMBERS[0])
    assert one.street == "Vägen 0"
    assert [h.history_type for h in one.history.all()] == ["~", "+"]


def test_undoing_puts_everything_back(falun: Municipality) -> None:
    first = applied("organisations", csv(HEADING, rows()))
    second = applied("organisations", csv(HEADING, rows(5, street="Vägen")))
    undone(second)
    assert sorted(Organisation.objects.values_list("street", flat=True)) == [
        "Gatan 0",
        "Gatan 1",
        "Gatan 2",
    ]
    assert second.kept == []
    assert counts(staged("organisations", csv(HEADING, rows()))) == {"unchanged": 3}
    undone(first)
    assert Organisation.objects.count() == SourceKey.objects.count() == 0
    assert Organisation.history.count() == 0


def test_undoing_leaves_what_somebody_has_changed_or_uses_since(falun: Municipality) -> None:
    load = applied("organisations", csv(HEADING, rows()))
    changed = Organisation.objects.get(number=NUMBERS[0])
    changed.phone = "023-1"
    changed.save()
    noted = Organisation.objects.get(number=NUMBERS[1])
    Note.objects.create(organisation=noted, text="Ring dem")
    undone(load)
    assert set(Organisation.objects.all()) == {changed, noted}
    assert {(name, why) for _what, _id, name, why in load.kept} == {
        ("Stål 0 AB", "changed"),
        ("Stål 1 AB", "used"),
    }


def test_undoing_a_change_leaves_a_field_that_was_changed_since(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows(1)))
    moved = [[NUMBERS[0], "Stål 0 AB", "Vägen 1", "791 31", "Falun", "Falun"]]
    load = applied("organisations", csv(HEADING, moved))
    one = Organisation.objects.get()
    one.street = "Stigen 3"
    one.save()
    undone(load)
    one.refresh_from_db()
    assert (one.street, one.postcode) == ("Stigen 3", "791 30")
    assert [why for *_rest, why in load.kept] == ["changed"]


def test_a_persons_correction_stands_until_the_source_tells_something_new(
    falun: Municipality, users: Any
) -> None:
    applied("organisations", csv(HEADING, rows(1)))
    one = Organisation.objects.get()
    correct(one, {"street": "Rätta gatan 5"}, by=users["keeper"])
    one.save()

    load = applied("organisations", csv(HEADING, rows(1)))
    one.refresh_from_db()
    assert counts(load) == {"unchanged": 1}
    assert one.street == "Rätta gatan 5"

    load = staged("organisations", csv(HEADING, rows(1, street="Nya gatan")))
    assert counts(load) == {"held": 1}
    assert load.rows.get().held == [["street", "Rätta gatan 5", "Nya gatan 0"]]
    loading.apply(load, no_progress)
    one.refresh_from_db()
    assert one.street == "Rätta gatan 5"
    beside = SourcedValue.objects.get(row=one.pk, field="street", source="file")
    assert beside.value == "Nya gatan 0"
    assert counts(staged("organisations", csv(HEADING, rows(1, street="Nya gatan")))) == {
        "unchanged": 1
    }


def test_a_held_back_value_is_taken_when_a_person_chooses_it(
    falun: Municipality, users: Any
) -> None:
    applied("organisations", csv(HEADING, rows(1)))
    one = Organisation.objects.get()
    correct(one, {"street": "Rätta gatan 5"}, by=users["keeper"])
    one.save()
    load = staged("organisations", csv(HEADING, rows(1, street="Nya gatan")))
    loading.choose(load, None, ["2"])
    loading.look(load, no_progress)
    assert counts(load) == {"changed": 1}
    loading.apply(load, no_progress)
    one.refresh_from_db()
    assert one.street == "Nya gatan 0"


def test_an_empty_cell_of_a_spreadsheet_clears_nothing(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows(1)))
    empty = csv(HEADING, [[NUMBERS[0], "Stål 0 AB", "", "", "", ""]])
    assert counts(applied("organisations", empty)) == {"unchanged": 1}
    assert Organisation.objects.get().street == "Gatan 0"


def test_a_new_name_keeps_the_former_one(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows(1)))
    load = applied("organisations", csv(HEADING, rows(1, name="Järn")))
    name = OrganisationName.objects.get()
    assert (name.name, name.kind) == ("Stål 0 AB", "former")
    assert name.used_to is not None
    undone(load)
    assert Organisation.objects.get().name == "Stål 0 AB"
    assert OrganisationName.objects.count() == 0


def test_a_company_that_changed_number_is_known_by_the_sources_key(falun: Municipality) -> None:
    heading = ["Kundnummer", *HEADING]
    applied("organisations", csv(heading, [["K1", *rows(1)[0]]]))
    new = [NUMBERS[9], *rows(1)[0][1:]]
    load = applied("organisations", csv(heading, [["K1", *new]]))
    assert counts(load) == {"changed": 1}
    assert said(load) == {2: ["number_changed"]}
    one = Organisation.objects.get()
    assert one.number == NUMBERS[9]
    assert FormerNumber.objects.get(organisation=one).number == NUMBERS[0]


def test_a_company_that_changed_number_is_known_by_name_and_address(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows(1)))
    load = applied("organisations", csv(HEADING, [[NUMBERS[9], *rows(1)[0][1:]]]))
    assert counts(load) == {"changed": 1}
    assert Organisation.objects.get().number == NUMBERS[9]
    assert counts(staged("organisations", csv(HEADING, [[NUMBERS[9], *rows(1)[0][1:]]]))) == {
        "unchanged": 1
    }


def test_a_key_whose_number_and_name_both_changed_is_refused(falun: Municipality) -> None:
    heading = ["Kundnummer", *HEADING]
    applied("organisations", csv(heading, [["K1", *rows(1)[0]]]))
    other = [NUMBERS[9], "Helt annat AB", "Vägen 9", "791 30", "Falun", "Falun"]
    load = staged("organisations", csv(heading, [["K1", *other]]))
    assert said(load) == {2: ["number_and_name_changed"]}


def test_a_number_that_belongs_to_another_is_refused(falun: Municipality) -> None:
    heading = ["Kundnummer", *HEADING]
    applied("organisations", csv(heading, [["K1", *rows(2)[0]], ["K2", *rows(2)[1]]]))
    clash = [NUMBERS[1], *rows(1)[0][1:]]
    load = staged("organisations", csv(heading, [["K1", *clash]]))
    assert said(load) == {2: ["number_taken"]}


def test_two_companies_with_one_number_are_both_answered_for(falun: Municipality) -> None:
    one, two, three = rows(3)
    two[0] = one[0]
    load = applied("organisations", csv(HEADING, [one, two, three]))
    assert counts(load) == {"created": 1, "refused": 2}
    assert said(load) == {2: ["number_twice"], 3: ["number_twice"]}
    details = [row.said[0]["details"] for row in load.rows.filter(fate="refused")]
    assert [(d["other"], d["name"]) for d in details] == [(3, "Stål 1 AB"), (2, "Stål 0 AB")]


def test_one_company_on_two_rows_is_one_unless_they_contradict(falun: Municipality) -> None:
    one = rows(1)[0]
    load = staged("organisations", csv(HEADING, [one, one, [*one[:2], "Annan gata", *one[3:]]]))
    assert counts(load) == {"created": 1, "unchanged": 1, "refused": 1}
    assert said(load) == {4: ["row_twice"]}


def test_good_rows_are_loaded_without_the_bad(falun: Municipality) -> None:
    bad = ["5560360794", "Fel AB", "", "", "", ""]
    load = applied("organisations", csv(HEADING, [*rows(2), bad]))
    assert counts(load) == {"created": 2, "refused": 1}
    assert Organisation.objects.count() == 2


def test_a_likely_double_is_warned_of_and_still_loadable(falun: Municipality) -> None:
    Organisation.objects.create(name="STÅL 0 Aktiebolag", number=NUMBERS[15], municipality=falun)
    load = applied("organisations", csv(HEADING, rows(1)))
    assert counts(load) == {"created": 1}
    assert said(load) == {2: ["maybe_double"]}
    assert load.preview["with_notes"] == 1


def test_a_company_without_number_gets_the_one_of_the_file(falun: Municipality) -> None:
    known = Organisation.objects.create(name="Stål 0 AB", municipality=falun)
    load = applied("organisations", csv(HEADING, rows(1)))
    assert counts(load) == {"changed": 1}
    known.refresh_from_db()
    assert known.number == NUMBERS[0]


def test_another_finder_of_doubles_can_be_plugged_in(
    falun: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    from klustermotor.register.services.loading import duplicates

    monkeypatch.setattr(duplicates, "_finders", {})
    asked = []

    def finder(newcomers: Any) -> list[loading.Likeness]:
        asked.extend(newcomers)
        return [loading.Likeness(newcomers[0].row, "x", "Staal 0", "", "misspelt")]

    loading.use_finder("test", finder)
    load = staged("organisations", csv(HEADING, rows(2)))
    assert [one.name for one in asked] == ["Stål 0 AB", "Stål 1 AB"]
    assert said(load) == {2: ["maybe_double"]}


def test_a_sole_trader_is_flagged(falun: Municipality) -> None:
    load = applied("organisations", csv(HEADING, [["8112189876", "Kalles Kiosk", "", "", "", ""]]))
    one = Organisation.objects.get()
    assert one.is_sole_trader
    assert said(load) == {2: ["number_of_person"]}


def test_industries_figures_tags_and_positions_come_along(falun: Municipality) -> None:
    Industry.objects.create(id="SNI2007:24", standard="SNI2007", code="24", level="division")
    heading = ["Orgnr", "Namn", "SNI", "Omsättning 2023", "Anställda", "År", "Taggar", "Värdekedja"]
    row = [
        NUMBERS[0],
        "Stål AB",
        "24100",
        "12 345,50",
        "12",
        "2024",
        "export, stål",
        "Stål: nedströms",
    ]
    applied("organisations", csv(heading, [row]))
    one = Organisation.objects.get()
    assert [i.industry_id for i in one.industries.all()] == ["SNI2007:24.100"]
    assert Industry.objects.get(code="24.100").parent_id == "SNI2007:24"
    figures = {(f.measure, f.year): f.value for f in YearlyFact.objects.all()}
    assert figures == {("turnover", 2023): pytest.approx(12345.5), ("employees", 2024): 12}
    assert one.size == "10-49"
    assert sorted(t.tag.name for t in one.tags.all()) == ["export", "stål"]
    assert [(p.cluster, p.position) for p in one.value_chain_positions.all()] == [
        ("Stål", "downstream")
    ]
    assert counts(applied("organisations", csv(heading, [row]))) == {"unchanged": 1}


def test_a_parent_later_in_the_file_is_found(falun: Municipality) -> None:
    heading = [*HEADING, "Moderbolag"]
    one, two = rows(2)
    load = applied("organisations", csv(heading, [[*one, NUMBERS[1]], [*two, NUMBERS[17]]]))
    child = Organisation.objects.get(number=NUMBERS[0])
    assert child.parent is not None
    assert child.parent.number == NUMBERS[1]
    assert said(load) == {3: ["parent_left_out"]}
    assert counts(applied("organisations", csv(heading, [[*one, NUMBERS[1]]]))) == {"unchanged": 1}


def test_what_is_missing_ends_only_within_its_source_and_scope(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows(10)), source="Ljusdals lista", scope="Ljusdal")
    applied("organisations", csv(HEADING, [[NUMBERS[12], "Utanför AB", "", "", "", ""]]))
    load = applied("organisations", csv(HEADING, rows(9)), source="Ljusdals lista", scope="Ljusdal")
    assert counts(load) == {"unchanged": 9, "ended": 1}
    ended = Organisation.objects.get(ended__isnull=False)
    assert ended.number == NUMBERS[9]
    undone(load)
    assert not Organisation.objects.filter(ended__isnull=False).exists()


def test_what_comes_back_is_no_longer_ended(falun: Municipality) -> None:
    for count in (10, 9, 10):
        load = applied("organisations", csv(HEADING, rows(count)), scope="alla")
    assert counts(load) == {"changed": 1, "unchanged": 9}
    assert not Organisation.objects.filter(ended__isnull=False).exists()


def test_a_file_in_which_too_much_is_missing_is_refused_without_force(falun: Municipality) -> None:
    applied("organisations", csv(HEADING, rows(10)), scope="alla")
    load = staged("organisations", csv(HEADING, rows(7)), scope="alla")
    assert [one["kind"] for one in load.preview["faults"]] == ["many_missing"]
    forced = applied("organisations", csv(HEADING, rows(7)), scope="alla", force=True)
    assert counts(forced) == {"unchanged": 7, "ended": 3}


def test_a_register_that_changed_since_the_preview_is_looked_at_anew(falun: Municipality) -> None:
    load = staged("organisations", csv(HEADING, rows(2)))
    Organisation.objects.create(name="Stål 0 AB", number=NUMBERS[0])
    with pytest.raises(loading.running.RegisterHasChangedError):
        loading.apply(load, no_progress)
    assert Organisation.objects.count() == 1
    load.refresh_from_db()
    assert counts(load) == {"changed": 1, "created": 1}
    loading.apply(load, no_progress)
    assert Load.objects.get().state == "applied"
