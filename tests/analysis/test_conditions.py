import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.analysis.conditions import (
    AllOf,
    AnyOf,
    ConditionError,
    Not,
    OneOf,
    as_expression,
    comparisons,
    holds,
    parse_condition,
)

ACTIVE = OneOf("background.active", ("no",))


def test_unequal_is_the_opposite_of_equal():
    assert parse_condition("background.active == 'no'") == ACTIVE
    assert parse_condition('background.active != "no"') == Not(ACTIVE)


def test_and_binds_harder_than_or_and_not_hardest():
    a, b, c = (OneOf(f"x.{name}", ("1",)) for name in "abc")
    assert parse_condition("x.a == 1 or x.b == 1 and not x.c == '1'") == AnyOf(
        (a, AllOf((b, Not(c))))
    )
    assert parse_condition("(x.a == 1 or x.b == 1) and x.c == 1") == AllOf((AnyOf((a, b)), c))


def test_membership_takes_a_list_and_its_negation():
    among = OneOf("x.y-z", ("4", "5 a"))
    assert parse_condition("x.y-z in [4, '5 a']") == among
    assert parse_condition("x.y-z not in [4, '5 a']") == Not(among)
    assert [c.column for c in comparisons(parse_condition("a.b in [1] and c.d == 2"))] == [
        "a.b",
        "c.d",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "character 1: found the end, expected a column such as block.item"),
        ("a.b = 'x'", "character 5: found =, expected a column, a code in quotes or ("),
        ("a.b == x", "character 8: found x, expected a code in quotes or a whole number"),
        ("a.b == 'x' c.d", "character 12: found c.d, expected 'and', 'or' or the end"),
        ("a.b in ['x'", "character 12: found the end, expected ',' or ']'"),
        ("(a.b == 1", "character 10: found the end, expected ')'"),
        ("a.b 1", "character 5: found 1, expected ==, !=, in or not in"),
    ],
)
def test_a_faulty_condition_is_told_by_its_character(text, message):
    with pytest.raises(ConditionError) as error:
        parse_condition(text)
    assert str(error.value) == message


def test_an_unanswered_question_equals_nothing():
    frame = pl.DataFrame({"background.active": ["yes", "no", None]})
    unlike = as_expression(parse_condition("background.active != 'no'"))
    assert frame.select(unlike).to_series().to_list() == [True, False, True]
    assert frame.select(as_expression(ACTIVE)).to_series().to_list() == [False, True, False]
    assert holds(Not(ACTIVE), {}) is True


def test_a_number_is_compared_as_a_number():
    condition = parse_condition("firm.employees in [1, 2]")
    frame = pl.DataFrame({"firm.employees": [1.0, 3.0, None]})
    expression = as_expression(condition, numbers={"firm.employees"})
    assert frame.select(expression).to_series().to_list() == [True, False, False]
    assert holds(condition, {"firm.employees": 2.0}) is True


def conditions():
    codes = st.lists(st.sampled_from(["1", "2", "yes"]), min_size=1, max_size=2).map(tuple)
    leaf = st.builds(OneOf, st.sampled_from(["a.b", "c.d", "e-f.g_h.now"]), codes)

    def wider(inner):
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(Not, inner) | st.builds(AllOf, several) | st.builds(AnyOf, several)

    return st.recursive(leaf, wider, max_leaves=6)


def written(condition):
    match condition:
        case OneOf(column, codes):
            return f"{column} in [{', '.join(repr(code) for code in codes)}]"
        case Not(inner):
            return f"not ({written(inner)})"
        case AllOf(parts):
            return " and ".join(f"({written(part)})" for part in parts)
        case AnyOf(parts):
            return " or ".join(f"({written(part)})" for part in parts)


@given(conditions(), st.lists(st.sampled_from([None, "1", "2", "yes"]), min_size=3, max_size=3))
def test_reading_what_is_written_and_both_evaluations_agree(condition, answers):
    assert parse_condition(written(condition)) == condition
    row = dict(zip(["a.b", "c.d", "e-f.g_h.now"], answers, strict=True))
    frame = pl.DataFrame(row, schema=dict.fromkeys(row, pl.String()))
    assert frame.select(as_expression(condition)).item() == holds(condition, row)
