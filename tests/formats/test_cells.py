import pytest
from hypothesis import given
from hypothesis import strategies as st

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.formats.cells import COLUMNS, COMPARATORS, UNITS, read_cells, write_cells
from klustermotor.formats.errors import InputError

HEADER = "initiative,table,wave,item,category,comparator,value,unit,n_min,n_max,base\n"
SALES = "Norrsken,Tabell 1,2009,Ökad försäljning,,=,43,percent,21,23,\n"
ESTIMATES = (
    "initiative,wave,block,item,category,group,statistic,base,value,se,df,deff,ci_low,ci_high,"
    "interval,level,bound_low,bound_high,n,n_dont_know,answered,invited,population,suppressed\n"
)


@pytest.fixture
def file(tmp_path):
    def file(text, name="cells.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def faults(path):
    with pytest.raises(InputError) as caught:
        read_cells(path)
    return caught.value.faults


def test_a_row_becomes_a_cell(file):
    assert read_cells(file(HEADER + SALES)) == (
        TableCell(
            "Norrsken", "Tabell 1", "2009", "Ökad försäljning", "", "=", 43.0, "percent", 21, 23, ""
        ),
    )


def test_initiative_and_comparator_may_be_absent(file):
    text = "table,wave,item,category,value,unit,n_min,n_max,base\nT,2009,a,,43,percent,,,\n"
    (cell,) = read_cells(file(text))
    assert (cell.initiative, cell.comparator, cell.n_min) == ("", "=", None)


def test_another_column_that_lacks_is_named(file):
    (fault,) = faults(file("table,wave,item,category,value,unit,n_min,n_max\nT,1,a,,4,percent,,\n"))
    assert fault.text() == (
        "cells.csv, row 1: the file lacks the columns base. The columns must be "
        f"{', '.join(COLUMNS)}."
    )


def test_one_bound_of_n_stands_for_both_and_spreadsheet_years_are_years(file):
    (cell,) = read_cells(file(HEADER + "X,T,2009.0,a,,=,43,percent,23,,\n"))
    assert (cell.n_min, cell.n_max, cell.wave) == (23, 23, "2009")


def test_a_row_without_a_figure_gives_no_cell(file):
    assert len(read_cells(file(HEADER + SALES + "X,T,2009,a,,=,–,percent,,,\n"))) == 1


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("X,T,2009,a,,=,many,percent,,,", "value", "'many' is not a number"),
        ("X,T,2009,a,,=,43,per cent,,,", "unit", "'per cent' is not possible here"),
        ("X,T,2009,a,,!,43,percent,,,", "comparator", "'!' is not possible here"),
        ("X,T,2009,a,,=,43,percent,2.5,,", "n_min", "'2.5' is not a number of answers"),
        ("X,T,2009,a,,=,43,percent,-4,,", "n_min", "'-4' is not a number of answers"),
        ("X,T,2009,a,,=,43,percent,23,21,", "n_min", "the range of n goes from 23 to 21"),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_what_would_be_right(file, row, column, problem):
    (fault,) = faults(file(HEADER + SALES + row + "\n"))
    assert (fault.row, fault.column, fault.problem()) == (3, column, problem)
    assert fault.remedy()


def test_every_wrong_row_is_told(file):
    rows = "X,T,2009,a,,=,x,percent,,,\nX,T,2009,a,,=,4,degrees,,,\n"
    assert [fault.row for fault in faults(file(HEADER + rows))] == [2, 3]


def test_estimates_are_told_by_their_header(file):
    rows = (
        "norrsken,2009,growth,sales,yes,,share,answered,0.4348,,,,,,logit,0.95,,,23,2,27,93,120,\n"
        "norrsken,2009,results,skills,,,mean,answered,3.21,,,,,,t,0.95,,,24,0,27,93,120,\n"
        "norrsken,2009,growth,sales,yes,size=small,share,answered,,,,,,,,,,,3,0,27,93,120,true\n"
        "norrsken,2009,growth,sales,yes,size=large,share,answered,0.5,,,,,,,,,,10,0,27,93,120,\n"
    )
    share, mean, large = read_cells(file(ESTIMATES + rows, "estimates.csv"))
    assert (share.table, share.item, share.category) == ("growth", "growth.sales", "yes")
    assert share.value == pytest.approx(43.48)
    assert (share.unit, share.n_min, share.n_max) == ("percent", 23, 23)
    assert (mean.value, mean.unit) == (3.21, "mean")
    assert large.table == "growth, size=large"


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=8)
cells = st.builds(
    TableCell,
    initiative=words,
    table=words,
    wave=st.sampled_from(["", "2008", "2009"]),
    item=words,
    category=words,
    comparator=st.sampled_from(COMPARATORS),
    value=st.floats(0, 1e6, allow_nan=False),
    unit=st.sampled_from(UNITS),
    n_min=st.just(3),
    n_max=st.integers(3, 10_000),
    base=words,
)


@given(st.lists(cells, min_size=1, max_size=5))
def test_what_is_written_reads_back_the_same(tmp_path_factory, written):
    path = tmp_path_factory.mktemp("cells") / "cells.csv"
    write_cells(written, path)
    assert read_cells(path) == tuple(written)


def test_text_that_a_spreadsheet_would_run_is_guarded(tmp_path):
    path = tmp_path / "cells.csv"
    write_cells([TableCell("", "T", "", "=cmd()", "", "=", 1.0, "count", None, None, "")], path)
    assert "'=cmd()" in path.read_text("utf-8")
    assert read_cells(path)[0].item == "=cmd()"
