import csv
import errno
import json
import os
import sys
from pathlib import Path

import pytest

from klustermotor.__main__ import main
from klustermotor.evaluation.from_files import natural

REPO = Path(__file__).parents[4]
SHARED = Path(os.environ.get("KLUSTERMOTOR_SHARED", REPO / "../shared"))
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real data at {SHARED}")
QUESTIONNAIRE = """\
id: q
title: {sv: Enkät, nb: Undersøkelse, en: Survey}
blocks:
  - id: active
    type: yes_no
    text: {sv: Aktiv, nb: Aktiv, en: Active}
    items: [{id: now, text: {sv: nu, nb: nå, en: now}}]
"""
ANSWERS = "wave,unit,size,active.now\n" + "".join(
    f"{wave},u{i},{'small' if i % 2 else 'large'},{'yes' if i < yes else 'no'}\n"
    for wave, yes in ((2008, 12), (2009, 10))
    for i in range(23)
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE)
    (tmp_path / "answers.csv").write_text(ANSWERS)
    return tmp_path


@pytest.fixture
def run(folder, monkeypatch, capsys):
    """The command as typed in `folder`; its output and its messages."""

    def run(*words, code=0):
        words = [str(word) for word in words]
        if "--formats" not in words:
            words += ["--formats", ""]
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["klustermotor", "evaluate", *words])
        ended = 0
        try:
            main()
        except SystemExit as end:
            ended = end.code
        out, told = capsys.readouterr()
        assert ended == code, told
        return out, told.strip()

    return run


def table(path):
    with path.open() as file:
        return list(csv.DictReader(file))


def test_files_become_result_files(run, folder):
    out, _ = run(
        "q.yaml", "answers.csv", "--out", "out",
        "--invited", "2008=93", "2009=93", "--population", "2008=93", "2009=93", "--json",
    )  # fmt: skip
    summary = json.loads(out)
    assert [wave["answered"] for wave in summary["waves"]] == [23, 23]
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "changes.csv", "estimates.csv", "findings.json", "gaps.csv",
    ]  # fmt: skip
    rows = table(folder / "out/estimates.csv")
    yes = next(r for r in rows if r["wave"] == "2009" and r["category"] == "yes")
    assert float(yes["value"]) == 10 / 23
    assert [round(float(yes[c]), 5) for c in ("se", "ci_low", "ci_high")] == [
        0.09169, 0.26189, 0.62515,
    ]  # fmt: skip
    change = next(r for r in table(folder / "out/changes.csv") if r["category"] == "yes")
    assert change["design"] != "paired"
    assert not [path for path in folder.iterdir() if path.name.startswith(".out")]


def test_a_key_pairs_the_waves(run, folder):
    run("q.yaml", "answers.csv", "--out", "out", "--key-column", "unit",
        "--invited", "2008=93", "2009=93")  # fmt: skip
    change = table(folder / "out/changes.csv")[0]
    assert (change["design"], change["n_both"]) == ("paired", "23")


def test_the_same_input_gives_the_same_bytes(run, folder):
    for out in ("one", "two"):
        run("q.yaml", "answers.csv", "--out", out, "--by", "size")
    for name in ("estimates.csv", "changes.csv", "findings.json"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--invited", "2008=93", "2009=20"],
            "--invited: 23 answered wave 2009 but 20 were invited. "
            "Correct the number invited, or remove answers of others.",
        ),
        (
            ["--population", "2008=93", "2009=20"],
            "--population: 23 answered wave 2009 but the population is 20. "
            "Correct the population, or remove answers of others.",
        ),
        (
            ["--population", "2008=93", "2009=93", "--invited", "2008=93", "2009=94"],
            "--population: 94 were invited to wave 2009 but the population is 93. "
            "Correct the population or the number invited.",
        ),
        (
            ["--invited", "2009=93"],
            "answers.csv, row 2, column wave: wave '2008' is not among the waves of --invited. "
            "Use one of 2009, or add 2008 there.",
        ),
        (
            ["--by", "industry"],
            "answers.csv, row 1, column industry: there is no column 'industry'. "
            "The file has wave, unit, size, active.now.",
        ),
        (
            ["--fpc", "wave", "--strata", "size", "--weights", "weight"],
            "answers.csv, row 1, column weight: there is no column 'weight'. "
            "The file has wave, unit, size, active.now.",
        ),
        (
            ["--rake", "margins.csv"],
            "answers.csv, row 2, column size: 'large' has answers but no total in margins.csv. "
            "Add a row for it to margins.csv, or correct the value.",
        ),
        (["--frame", "none.csv"], "none.csv: there is no such file. Check the path."),
    ],
)
def test_wrong_input_ends_with_1_and_leaves_nothing(run, folder, words, message):
    (folder / "margins.csv").write_text("column,category,total\nsize,small,93\n")
    _, told = run("q.yaml", "answers.csv", "--out", "out", *words, code=1)
    assert told == message
    assert not (folder / "out").exists()
    assert not [path for path in folder.iterdir() if path.name.startswith(".out")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["q.yaml", "answers.csv"], "the following arguments are required: --out"),
        (["-", "answers.csv", "--out", "o"], "with -, name columns by --mean, --share or --total"),
        (
            ["q.yaml", "answers.csv", "--out", "o", "--mean", "x"],
            "--mean, --share and --total go with - in place of a questionnaire",
        ),
        (
            ["q.yaml", "answers.csv", "--out", "o", "--minimum-cell", "2"],
            "--minimum-cell is at least 3",
        ),
        (
            ["q.yaml", "answers.csv", "--out", "o", "--invited", "93"],
            "--invited 93: write WAVE=value, such as 2009=93",
        ),
        (
            ["q.yaml", "answers.csv", "--out", "o", "--invited", "2009=many"],
            "--invited 2009=many: write a whole number above 0",
        ),
        (
            ["q.yaml", "answers.csv", "--out", "o", "--formats", "pdf,odt"],
            "--formats: 'odt' is none of pdf, html, docx, xlsx",
        ),
        (
            ["q.yaml", "answers.csv", "--out", "q.yaml"],
            "--out q.yaml is a file; name a folder",
        ),
        (
            ["q.yaml", "answers.csv", "--out", "o", "--selection", "2009=some"],
            "--selection 2009=some: use census, random, chosen",
        ),
    ],
)
def test_wrong_usage_ends_with_2(run, folder, words, message):
    _, told = run(*words, code=2)
    assert message in told
    assert not (folder / "o").exists()


def test_a_failed_run_leaves_an_earlier_result_as_it_was(run, folder):
    run("q.yaml", "answers.csv", "--out", "out")
    before = (folder / "out/estimates.csv").read_bytes()
    (folder / "answers.csv").write_text(ANSWERS.replace("yes", "perhaps", 1))
    _, told = run("q.yaml", "answers.csv", "--out", "out", code=1)
    assert told == (
        "answers.csv, row 2, column active.now: 'perhaps' is no answer to this question. "
        "Use one of yes, no, or leave it empty."
    )
    assert (folder / "out/estimates.csv").read_bytes() == before


def test_a_frame_counts_the_invited_and_lends_its_columns(run, folder):
    frame = "wave,unit,industry\n" + "".join(
        f"{wave},u{i},{'steel' if i < 60 else 'wood'}\n" for wave in (2008, 2009) for i in range(93)
    )
    (folder / "frame.csv").write_text(frame)
    words = ["q.yaml", "answers.csv", "--frame", "frame.csv", "--key-column", "unit"]
    out, _ = run(*words, "--out", "out", "--by", "industry", "--json")
    assert [wave["invited"] for wave in json.loads(out)["waves"]] == [93, 93]
    groups = {row["group"] for row in table(folder / "out/estimates.csv")}
    assert "industry=steel" in groups
    (folder / "frame.csv").write_text(frame.replace("2009,u3,steel\n", ""))
    _, told = run(*words, "--out", "out", code=1)
    assert told == (
        "answers.csv, row 28, column unit: respondent 'u3' is not in the frame of wave 2009. "
        "Add the unit to the frame, or remove the answer."
    )


def test_the_report_and_a_workbook_of_results_stand_beside_the_tables(run, folder):
    run("q.yaml", "answers.csv", "--out", "out", "--invited", "2008=93", "2009=93",
        "--language", "nb", "--title", "Stålklyngen", "--formats", "html,xlsx")  # fmt: skip
    names = {path.name for path in (folder / "out").iterdir()}
    assert names >= {"report.html", "report.xlsx", "results.xlsx", "findings.json"}
    page = (folder / "out/report.html").read_text()
    assert 'lang="nb"' in page
    assert "Stålklyngen" in page
    found = json.loads((folder / "out/findings.json").read_text())
    assert any("93" in one["text"] for one in found)


def test_one_file_per_wave(run, folder):
    for wave in ("2008", "2009"):
        rows = [row for row in ANSWERS.splitlines() if not row.startswith(("2008", "2009"))]
        rows += [row for row in ANSWERS.splitlines() if row.startswith(wave)]
        (folder / f"{wave}.csv").write_text("\n".join(rows) + "\n")
    run("q.yaml", "2008=2008.csv", "2009=2009.csv", "--out", "out")
    assert {row["wave"] for row in table(folder / "out/estimates.csv")} == {"2008", "2009"}


def test_a_population_smaller_than_its_stratum_is_refused(run, folder):
    (folder / "a.csv").write_text("s,N,y\n" + "a,2,1\na,2,3\na,2,5\nb,9,1\nb,9,2\n")
    words = ["-", "a.csv", "--mean", "y", "--strata", "s", "--fpc", "N", "--out", "out"]
    _, told = run(*words, code=1)
    assert told == (
        "a.csv, row 2, column N: 3 rows of this stratum answered but its population is 2. "
        "Give the population count of the stratum in this column."
    )


def test_waves_are_in_the_order_people_expect():
    assert sorted(["10", "9", "2009 höst", "2009", "2008"], key=natural) == [
        "9", "10", "2008", "2009", "2009 höst",
    ]  # fmt: skip


def test_several_files_must_tell_their_waves(run, folder):
    rows = ANSWERS.splitlines()
    for wave in ("2008", "2009"):
        of_wave = [row.split(",", 1)[1] for row in rows if row.startswith((wave, "wave"))]
        (folder / f"steel-{wave}.csv").write_text("\n".join(of_wave) + "\n")
    _, told = run("q.yaml", "steel-2008.csv", "steel-2009.csv", "--out", "out", code=1)
    assert told.splitlines()[0] == (
        "steel-2008.csv: one of several files, and no column tells its wave. "
        "Name it, such as 2009=steel-2008.csv, or point out the column with --wave-column."
    )
    out, _ = run("q.yaml", "2008=steel-2008.csv", "2009=steel-2009.csv", "--out", "out")
    assert out.splitlines()[:2] == ["steel, 2008: 23 answered", "steel, 2009: 23 answered"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("q.yaml", "answers.csv", "--wave-column", "year"),
            "answers.csv, row 1, column year: there is no column 'year'. "
            "The file has wave, unit, size, active.now.",
        ),
        (("q.yaml", "."), ".: this is a folder. Name the file itself."),
        (
            ("cluster-initiativ", "answers.csv"),
            "cluster-initiativ: there is no such file, nor a shipped questionnaire. "
            "Shipped: cluster-initiative.",
        ),
    ],
)
def test_a_message_names_the_place_and_the_remedy(run, words, message):
    assert run(*words, "--out", "out", code=1)[1] == message


def test_an_answer_to_what_was_not_asked_is_refused(run, folder):
    asked = QUESTIONNAIRE.replace("    type: yes_no\n", "    type: yes_no\n    waves: ['2009']\n")
    other = asked.split("blocks:\n")[1].replace("active", "known").replace("'2009'", "'2008-'")
    (folder / "q.yaml").write_text(asked + other)
    rows = [f"{row},{'known.now' if row.startswith('wave') else 'no'}" for row in ANSWERS.split()]
    (folder / "answers.csv").write_text("\n".join(rows))
    _, told = run("q.yaml", "answers.csv", "--out", "out", code=1)
    assert told.splitlines()[0] == (
        "answers.csv, row 2, column active.now: 'yes' answers a question that was not asked in "
        "wave 2008. Empty the cell, correct the wave, or name it among the question's waves."
    )


def test_a_full_disk_leaves_nothing_and_says_so(run, folder, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("klustermotor.formats.results.write_json", full)
    _, told = run("q.yaml", "answers.csv", "--out", "out", code=1)
    assert told == (
        "--out out: No space left on device. Nothing was written; make room or name another folder."
    )
    assert not [path for path in folder.iterdir() if "out" in path.name]


def test_a_column_gives_the_statistics_asked_for_under_its_own_name(run, tmp_path):
    rows = [f"{wave},{10 * i},{i},{'ab'[i % 2]}\n" for wave in (2008, 2009) for i in range(12)]
    (tmp_path / "bare.csv").write_text("wave,staff,sales,kind\n" + "".join(rows))
    run(
        "-", "bare.csv", "--mean", "staff", "--total", "sales", "--share", "kind",
        "--population", "2008=40", "2009=40", "--out", "out", "--formats", "xlsx",
    )  # fmt: skip
    asked = {
        ("", "staff", "mean", ""),
        ("", "sales", "total", ""),
        ("", "kind", "share", "a"),
        ("", "kind", "share", "b"),
    }
    for name in ("estimates", "changes"):
        rows = table(tmp_path / f"out/{name}.csv")
        assert {(r["block"], r["item"], r["statistic"], r["category"]) for r in rows} == asked
    found = json.loads((tmp_path / "out/findings.json").read_text())
    assert found
    assert {cell.get("block", "") for finding in found for cell in finding["bound_to"]} == {""}


GOLDEN = {
    "apistrat": {
        ("api00", "mean", ""): (662.287363, 9.408941),
        ("enroll", "total", ""): (3687177.53, 114641.72),
        ("sch.wide", "share", "Yes"): (0.827948, 0.02434),
    },
    "apisrs": {
        ("api00", "mean", ""): (656.585, 9.24972),
        ("enroll", "total", ""): (3621074.34, 169519.65),
    },
}
INTERVALS = {"logit": (0.774540, 0.870815), "beta": (0.774171, 0.873432)}


@needs_data
@pytest.mark.parametrize("interval", ["logit", "beta"])
@pytest.mark.parametrize("name", ["apistrat", "apisrs"])
def test_the_golden_figures_come_out_of_the_command(run, tmp_path, name, interval):
    strata = ["--strata", "stype"] if name == "apistrat" else []
    run(
        "-", SHARED.resolve() / f"data/survey/{name}.csv", "--mean", "api00",
        "--total", "enroll", "--share", "sch.wide", *strata, "--fpc", "fpc", "--weights", "pw",
        "--interval", interval, "--out", "out",
    )  # fmt: skip
    rows = {
        (row["item"], row["statistic"], row["category"]): row
        for row in table(tmp_path / "out/estimates.csv")
    }
    for key, (value, se) in GOLDEN[name].items():
        assert float(rows[key]["value"]) == pytest.approx(value, rel=1e-6)
        assert float(rows[key]["se"]) == pytest.approx(se, abs=5e-6, rel=1e-6)
    assert set(rows) == {*GOLDEN["apistrat"], ("sch.wide", "share", "No")}
    assert {row["block"] for row in rows.values()} == {""}
    if name == "apistrat":
        yes = rows["sch.wide", "share", "Yes"]
        found = [float(yes["ci_low"]), float(yes["ci_high"])]
        assert found == pytest.approx(INTERVALS[interval], abs=5e-7)
        assert float(rows["api00", "mean", ""]["deff"]) == pytest.approx(1.20446, abs=5e-6)
        assert float(rows["api00", "mean", ""]["df"]) == 197


@needs_data
def test_a_limesurvey_archive_is_evaluated_by_its_own_questionnaire(run, tmp_path):
    path = SHARED.resolve() / "data/formats/limesurvey_archive.lsa"
    _, notes = run("-", path, "--out", "out")
    assert "8 of 19 responses were never submitted" in notes
    rows = table(tmp_path / "out/estimates.csv")
    age = next(row for row in rows if row["item"] == "answer" and row["statistic"] == "mean")
    assert (age["block"], age["n"]) == ("sc1", "11")
