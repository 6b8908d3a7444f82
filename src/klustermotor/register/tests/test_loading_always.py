"""What must hold of every file: loaded again it changes nothing, and undoing leaves no trace."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klustermotor.register.models import Municipality, Organisation, SourceKey
from klustermotor.register.services.loading.decide import NOT_TOLD, decide
from klustermotor.register.tests.loads import applied, counts, csv, staged, undone
from klustermotor.register.tests.test_loading import NUMBERS

HEADING = [
    "Kundnummer",
    "Orgnr",
    "Namn",
    "Adress",
    "Kommun",
    "Telefon",
    "Taggar",
    "Omsättning 2023",
]
WORDS = st.sampled_from(["", "Stål", "Järn", "Ås", "Trä & Co", "=1+1", "  ", "Å;B"])
ROW = st.tuples(
    st.sampled_from(["", "K1", "K2", "K3"]),
    st.sampled_from(["", *NUMBERS[:5], "5560360794", "fel"]),
    st.sampled_from(["", "Stål AB", "Järn AB", "STÅL AB", "Trä AB"]),
    WORDS,
    st.sampled_from(["", "Falun", "2080", "Atlantis"]),
    st.sampled_from(["", "023-1", "070 1"]),
    st.sampled_from(["", "export", "export, stål"]),
    st.sampled_from(["", "12,5", "1 000", "tolv"]),
)
FILES = st.lists(ROW, min_size=1, max_size=8)


def content(rows: list[tuple[str, ...]]) -> str:
    return csv(HEADING, [[f'"{cell}"' for cell in row] for row in rows])


def everything() -> list[tuple[Any, ...]]:
    """All that the register says of organisations, but for moments and ids."""
    return sorted(
        (
            one.number,
            one.name,
            one.street,
            one.phone,
            str(one.municipality_id),
            one.is_sole_trader,
            tuple(sorted(one.tags.values_list("tag__name", flat=True))),
            tuple(sorted(one.other_names.values_list("name", flat=True))),
            tuple(sorted(one.former_numbers.values_list("number", flat=True))),
            tuple(map(str, one.yearly_facts.values_list("measure", "year", "value"))),
        )
        for one in Organisation.objects.all()
    )


def nothing_to_load(rows: list[tuple[str, ...]]) -> bool:
    return not any(cell.strip() for row in rows for cell in row)


@pytest.mark.django_db
@pytest.mark.database
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=FILES, second=FILES)
def test_loading_again_changes_nothing_and_undoing_puts_everything_back(
    falun: Municipality, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    if nothing_to_load(first) or nothing_to_load(second):
        return
    with transaction.atomic():
        load = applied("organisations", content(first), source="A")
        before, keys = everything(), SourceKey.objects.count()

        again = applied("organisations", content(first), source="A")
        told = counts(again)
        assert set(told) <= {"unchanged", "refused"}, told
        assert everything() == before

        other = applied("organisations", content(second), source="A")
        undone(other)
        assert other.kept == []
        assert everything() == before
        assert SourceKey.objects.count() == keys
        undone(again)
        undone(load)
        assert load.kept == []
        assert everything() == []
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.database
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=FILES)
def test_every_row_of_a_file_is_answered_for(
    falun: Municipality, rows: list[tuple[str, ...]]
) -> None:
    if nothing_to_load(rows):
        return
    with transaction.atomic():
        load = staged("organisations", content(rows))
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        assert sum(counts(load).values()) == len(filled)
        transaction.set_rollback(True)


VALUES = st.sampled_from(["", "a", "b", "c"])


@given(told=VALUES, before=st.one_of(st.just(NOT_TOLD), VALUES), current=VALUES)
def test_what_a_person_has_set_is_never_replaced_unasked(told: str, before: Any, current: str):
    assert decide(told, before, current, by_hand=True) != "set"


@given(told=VALUES, before=VALUES, current=VALUES, clears=st.booleans())
def test_what_a_source_tells_again_changes_nothing(
    told: str, before: Any, current: str, clears: bool
) -> None:
    if told == before and told:
        assert decide(told, before, current, clears=clears) in ("same", "stands")
