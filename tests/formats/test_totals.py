import pytest

from klustermotor.analysis.evaluation import Margin
from klustermotor.formats.errors import InputError
from klustermotor.formats.totals import read_frame, read_margins, read_poststrata, read_totals


def test_a_frame_has_one_row_per_invited_unit(tmp_path):
    path = tmp_path / "frame.csv"
    path.write_text("wave,unit,size\n2009,a,small\n2009,b,\n2008,a,small\n")
    frame = read_frame(path, "Steel", "")
    assert frame.columns == ["initiative", "wave", "respondent", "size"]
    assert frame.rows()[1] == ("Steel", "2009", "b", None)


def test_margins_and_post_strata_and_totals_are_told_apart(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("column;category;total\nsize;small;80\nsize;large;13,5\n")
    assert read_margins(path) == (Margin(("size",), {("small",): 80, ("large",): 13.5}),)
    path.write_text("size,region,Freq\nsmall,north,40\nlarge,north,53\n")
    cells = {("small", "north"): 40.0, ("large", "north"): 53.0}
    assert read_poststrata(path) == (Margin(("size", "region"), cells),)
    path.write_text("column,category,total\n,,6194\nstype,E,4421\napi99,,3914069\n")
    assert read_totals(path) == (
        Margin((), {(): 6194}),
        Margin(("stype",), {("E",): 4421}),
        Margin(("api99",), {(): 3914069}),
    )


@pytest.mark.parametrize(
    ("reader", "text", "message"),
    [
        (
            read_margins,
            "a,b\n1,2\n",
            "t.csv, row 1: the file is no table of totals. Its columns must be column, category, "
            "total.",
        ),
        (
            read_margins,
            "column,category,total\nsize,small,many\n",
            "t.csv, row 2, column total: 'many' is not a number. "
            "Write a number such as 12.5 or 12,5.",
        ),
        (
            read_margins,
            "column,category,total\nsize,small,-4\n",
            "t.csv, row 2, column total: '-4' is not above zero. Give a number above zero.",
        ),
        (
            read_margins,
            "column,category,total\nsize,small,90\nregion,north,93\n",
            "t.csv, region: the totals of region sum to 93 and those of size to 90. "
            "Both must sum to the same population.",
        ),
        (
            read_poststrata,
            "size,region\nsmall,north\n",
            "t.csv, row 1: the file is no table of totals. Its columns must be stratum, …, total.",
        ),
        (
            lambda path: read_frame(path, "Steel", "2009"),
            "wave,unit\n2009,a\n2009,a\n",
            "t.csv, row 3, column respondent: unit 'a' is already in wave 2009 in row 2. "
            "Keep one row per invited unit and wave.",
        ),
        (
            lambda path: read_frame(path, "Steel", "2009"),
            "wave,unit\n,a\n",
            "t.csv, row 2, column wave: the row has no wave. Write the wave, such as 2009.",
        ),
    ],
)
def test_faulty_totals_name_the_row_and_what_would_be_right(tmp_path, reader, text, message):
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(InputError) as error:
        reader(tmp_path / "t.csv")
    assert str(error.value) == message
