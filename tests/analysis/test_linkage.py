"""Which organisations are the same: names, numbers, addresses, and what is told of it."""

import polars as pl
import pytest
from bench.companies import made
from hypothesis import given, settings
from hypothesis import strategies as st

from klustermotor.analysis.linkage import (
    CERTAIN,
    OrganisationsError,
    agreement,
    best_threshold,
    evidence_of,
    find_duplicates,
    link_organisations,
)
from klustermotor.analysis.linkage.candidates import candidate_pairs
from klustermotor.analysis.linkage.model import COMPARISONS
from klustermotor.analysis.linkage.names import FORMS, comparable_names, repaired
from klustermotor.analysis.linkage.parameters import PARAMETERS
from klustermotor.analysis.linkage.records import prepare


def listing(*rows, columns=("id", "name")):
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def comparable(*names):
    frame = pl.DataFrame({"n": list(names)})
    return frame.select(comparable_names(pl.col("n"))).rows()


@pytest.mark.parametrize(
    ("written", "name", "folded", "form"),
    [
        ("Stålverket Aktiebolag (publ)", "stålverket", "stalverket", "limited"),
        ("AB Volvo", "volvo", "volvo", "limited"),
        ("Oy Nordmark Ab", "nordmark", "nordmark", "limited"),
        ("Berg & Söner Handelsbolag", "berg & söner", "berg & soner", "partnership"),
        ("Berg och Söner HB", "berg & söner", "berg & soner", "partnership"),
        ("Skogsägarna Ek. för.", "skogsägarna", "skogsagarna", "cooperative"),
        ("TINE SA", "tine", "tine", "cooperative"),
        ("Møller A/S", "møller", "moller", "limited"),
        ("Kvaerner ASA", "kvaerner", "kvarner", "limited"),
        ("Kværner ASA", "kværner", "kvarner", "limited"),
        ("Universitetet i Tromsoe", "universitetet i tromsoe", "universitetet i tromso", None),
        ("Stiftelsen Norsar", "norsar", "norsar", "foundation"),
        ("Helse Bergen HF", "helse bergen", "helse bergen", "public"),
        ("AB", "ab", "ab", None),
        ("Assar Data", "assar data", "assar data", None),
    ],
)
def test_a_name_is_compared_without_its_legal_form_and_with_its_letters_in_two_ways(
    written, name, folded, form
):
    assert comparable(written) == [(name, folded, form)]


@given(st.sampled_from(sorted({f for forms in FORMS.values() for f in forms})))
def test_every_legal_form_of_the_table_comes_off_a_name(form):
    assert comparable(f"Nordlykt {form}")[0][0] == "nordlykt"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_a_name_and_folding_twice_is_folding_once(text):
    ((_, folded, _),) = comparable(text)
    assert comparable(folded)[0][1] in (folded, comparable(folded)[0][0])


def test_a_text_read_in_the_wrong_encoding_is_read_again():
    assert repaired(pl.Series(["Troms√∏", "MalmÃ¶", "Ås"])).to_list() == ["Tromsø", "Malmö", "Ås"]


def test_former_names_are_alternatives_with_their_dates():
    columns = ("id", "name", "former_names")
    prepared = prepare(
        listing(
            ("1", "Nykode AS", "Vaccibody AS (2006-10-10–2021-05-04); Gamma AS"),
            columns=columns,
        ),
        "r",
    )
    assert prepared.select("variant", "folded", "period").rows() == [
        (0, "nykode", None),
        (1, "vaccibody", "2006-10-10–2021-05-04"),
        (2, "gamma", None),
    ]


def test_a_renamed_company_is_found_by_its_former_name_and_the_reason_can_say_so():
    columns = ("id", "name", "former_names")
    register = listing(
        ("a", "Nykode Therapeutics AS", "Vaccibody AS (2006-10-10–2021-05-04)"),
        ("b", "Vaccinbolaget AB", None),
        columns=columns,
    )
    (link,) = link_organisations(listing(("1", "VACCIBODY")), register).links.rows(named=True)
    assert (link["right_id"], link["written_r"]) == ("a", "Vaccibody AS")
    assert link["period_r"] == "2006-10-10–2021-05-04"
    without = register.drop("former_names")
    assert link_organisations(listing(("1", "VACCIBODY")), without).links.is_empty()


def test_a_valid_number_decides_whatever_the_names_say():
    columns = ("id", "name", "number")
    left = listing(("1", "Alfa AB", "556036-0793"), columns=columns)
    right = listing(
        ("a", "Alfa AB", "5560125790"), ("b", "Omega AB", "SE556036079301"), columns=columns
    )
    (link,) = link_organisations(left, right).links.rows(named=True)
    assert (link["right_id"], link["probability"], link["level_number"]) == ("b", 1.0, "same")


def test_two_valid_numbers_that_differ_are_two_companies_even_with_one_name():
    columns = ("id", "name", "number", "street", "postcode")
    at = ("Storgatan 1", "79171")
    left = listing(("1", "Alfa AB", "556036-0793", *at), columns=columns)
    right = listing(("a", "Alfa AB", "5560125790", *at), columns=columns)
    assert link_organisations(left, right).links.is_empty()
    wrong = right.with_columns(
        number=pl.lit("5560125791")
    )  # no valid number, so it decides nothing
    assert link_organisations(left, wrong).links.height == 1


def test_among_namesakes_the_address_decides_and_without_one_nobody_is_chosen():
    columns = ("id", "name", "street", "postcode", "city")
    register = listing(
        *(
            (f"r{n}", "Anderssons Bygg AB", f"Storgatan {n}", f"791{n:02d}", "Falun")
            for n in range(9)
        ),
        columns=columns,
    )
    left = listing(("1", "Anderssons Bygg", "Storgatan 4", "79104", "Falun"), columns=columns)
    (link,) = link_organisations(left, register).links.rows(named=True)
    assert link["right_id"] == "r4"
    assert link["probability"] > CERTAIN
    nowhere = listing(("1", "Anderssons Bygg"))
    assert link_organisations(nowhere, register).links.is_empty()


def test_one_register_gives_each_pair_of_duplicates_once():
    columns = ("id", "name", "street", "postcode", "city")
    register = listing(
        ("a", "Gruvteknik i Falun AB", "Slaggatan 3", "79171", "Falun"),
        ("b", "Gruvtekik i Falun", "Slaggatan 3", "79171", "Falun"),
        ("c", "Skogsbolaget AB", "Åsgatan 9", "79170", "Falun"),
        columns=columns,
    )
    found = find_duplicates(register).links
    assert found.select("left_id", "right_id").rows() == [("a", "b")]
    assert found["probability"][0] > CERTAIN


def test_the_bars_of_a_link_add_up_to_its_odds():
    columns = ("id", "name", "street", "postcode", "city")
    left = listing(("1", "Gruvteknik", "Slaggatan 3", "79171", "Falun"), columns=columns)
    right = listing(("a", "Gruvteknik AB", "Slaggatan 3", "79171", "Falun"), columns=columns)
    (link,) = link_organisations(left, right).links.rows(named=True)
    bits = sum(bar.bits for bar in evidence_of(link))
    assert 1 / (1 + 2**-bits) == pytest.approx(link["probability"], abs=1e-4)
    assert [bar.comparison for bar in evidence_of(link)] == ["prior", "name", "address"]


def test_the_same_lists_give_the_same_links_in_any_order():
    data = made(300, 3000, 5)
    links = link_organisations(data.left, data.right).links
    again = link_organisations(data.left, data.right).links
    turned = link_organisations(data.left.reverse(), data.right.reverse()).links
    assert links.equals(again)
    pairs = ("left_id", "right_id")
    agreed = links.join(turned, on=pairs, suffix="_turned")
    assert agreed.height >= 0.99 * links.height
    assert agreed["probability"].to_list() == pytest.approx(
        agreed["probability_turned"].to_list(), abs=0.02
    )


def test_made_up_companies_are_linked_as_well_as_the_documents_say():
    data = made(2000, 20_000, 7)
    found = agreement(link_organisations(data.left, data.right).links, data.truth)
    assert found.f1 > 0.95
    assert found.precision > 0.95


def test_agreement_counts_right_wrong_and_missed():
    labels = listing(("1", "a"), ("2", "b"), ("3", "c"), columns=("left_id", "right_id"))
    links = listing(("1", "a"), ("2", "x"), columns=("left_id", "right_id"))
    found = agreement(links, labels)
    assert (found.precision, found.recall, found.f1) == (0.5, pytest.approx(1 / 3), 0.4)


def test_the_best_threshold_is_the_one_with_the_highest_f1():
    labels = listing(("1", "a"), ("2", "b"), columns=("left_id", "right_id"))
    links = listing(("1", "a"), ("2", "b"), ("3", "c"), columns=("left_id", "right_id"))
    links = links.with_columns(probability=pl.Series([0.9, 0.6, 0.4]))
    threshold, found = best_threshold(links, labels)
    assert (threshold, found.f1) == (0.6, 1.0)


def test_candidates_of_one_table_are_never_two_names_of_one_organisation():
    columns = ("id", "name", "former_names")
    table = prepare(
        listing(
            ("1", "Alfa Bygg AB", "Alfa Byggen AB"), ("2", "Alfa Bygge AB", None), columns=columns
        ),
        "o",
    )
    pairs = candidate_pairs(table, table)
    rows = table["row"].to_list()
    assert pairs.height > 0
    assert all(rows[a] != rows[b] and a < b for a, b in pairs.select("l", "r").rows())


@pytest.mark.parametrize("missing", ["id", "name"])
def test_a_list_without_key_or_name_is_refused(missing):
    with pytest.raises(OrganisationsError) as refused:
        link_organisations(listing(("1", "A")).drop(missing), listing(("1", "A")))
    assert refused.value.column == missing


def test_every_level_has_its_evidence_and_the_shares_of_a_comparison_are_shares():
    for comparison, levels in COMPARISONS.items():
        named = {name for name, _ in levels if name != "missing"}
        assert set(PARAMETERS[comparison]) == named
        assert all(0 < m <= 1 and 0 < u <= 1 for m, u in PARAMETERS[comparison].values())


def test_empty_lists_give_no_links():
    nobody = listing()
    assert link_organisations(nobody, listing(("1", "A"))).links.is_empty()
    assert link_organisations(listing(("1", "A")), nobody).links.is_empty()
    assert find_duplicates(nobody).links.is_empty()
