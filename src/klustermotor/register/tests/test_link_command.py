"""The command `link`: what it writes, what it prints, what it refuses, and on which engines."""

import csv
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from klustermotor.register.management.commands.link import Command

REAL = Path(__file__).parents[5] / "shared" / "data" / "linkage"
RIGHT = """right_id,name,former_names,street,postcode,city
a,Nykode Therapeutics AS,Vaccibody AS (2006-10-10–2021-05-04),Gaustadalléen 21,0349,Oslo
b,Gruvteknik i Falun AB,,Slaggatan 3,79171,Falun
c,Ås Mekaniska AB,,Storgatan 1,79170,Falun
"""
LEFT = """left_id,name,street,postcode,city
1,VACCIBODY AS,,,OSLO
2,Gruvtekik i Falun,Slaggatan 3,79171,Falun
3,Något helt annat AB,,,Ludvika
"""
PAIRS = "left_id,right_id\n1,a\n2,b\n3,c\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command in a folder with two lists; gives code, what it said, and its complaints."""
    monkeypatch.chdir(tmp_path)
    Path("left.csv").write_text(LEFT, "utf-8")
    Path("right.csv").write_text(RIGHT, "utf-8")
    Path("pairs.csv").write_text(PAIRS, "utf-8")

    def run(*words):
        code = 0
        try:
            Command().run_from_argv(["klustermotor", "link", *words])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def links():
    with Path("links.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_row_gets_at_most_one_link_with_a_probability_and_a_reason(run):
    code, said, _ = run("left.csv", "right.csv", "--out", "links.csv", "--language", "en")
    assert code == 0
    found = links()
    assert list(found[0]) == ["left_id", "right_id", "probability", "reason"]
    assert [(row["left_id"], row["right_id"]) for row in found] == [("1", "a"), ("2", "b")]
    assert found[0]["reason"].endswith(
        "same name, same place, earlier name Vaccibody AS (2006-10-10–2021-05-04)"
    )
    assert "same street address and postcode" in found[1]["reason"]
    assert "names differ in one letter" in found[1]["reason"]
    assert said.startswith("2 of 3 linked to 3 organisations")


@pytest.mark.parametrize(
    ("language", "word"), [("sv", "samma gatuadress"), ("nb", "samme gateadresse")]
)
def test_reasons_are_in_the_language_asked_for(run, language, word):
    run("left.csv", "right.csv", "--out", "links.csv", "--language", language)
    assert word in links()[1]["reason"]


def test_with_labels_precision_recall_and_f1_are_printed(run):
    _, said, _ = run("left.csv", "right.csv", "--out", "links.csv", "--labels", "pairs.csv")
    assert "precision 1.000, recall 0.667, F1 0.800" in said
    _, said, _ = run(
        "left.csv", "right.csv", "--out", "links.csv", "--labels", "pairs.csv", "--json"
    )
    told = json.loads(said)
    assert (told["precision"], told["recall"], told["f1"]) == (1.0, 0.6667, 0.8)
    assert (told["linked"], told["certain"] + told["uncertain"]) == (2, 2)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"left.csv": "left_id,namn\n1,A\n"},
            "left.csv, name: the column 'name' is missing. Call the column of names name; "
            "found: left_id, namn.",
        ),
        (
            {"right.csv": "key,name\n1,A\n"},
            "right.csv, id, right_id: there is no column that tells the rows apart. "
            "Add a column id or right_id; found: key, name.",
        ),
        (
            {"left.csv": "id,name\n1,A\n1,B\n"},
            "left.csv, row 3, column id: '1' stands in row 2 too. Give each row a key of its own.",
        ),
        (
            {"left.csv": "id,name\n1,\n"},
            "left.csv, row 2, column name: the name is empty. "
            "Fill in the name, or take the row out.",
        ),
        (
            {"left.csv": "id,name\n,A\n"},
            "left.csv, row 2, column id: the key is empty. Give the row a key of its own.",
        ),
        (
            {"pairs.csv": "left_id,right_id\n1,zz\n"},
            "pairs.csv, row 2, column right_id: 'zz' is no key of RIGHT. "
            "Use the keys of the two lists.",
        ),
        (
            {"pairs.csv": "left,right\n1,a\n"},
            "pairs.csv, left_id: the column 'left_id' is missing. "
            "Pairs are left_id,right_id; found: left, right.",
        ),
        ({"left.csv": ""}, "left.csv: the file is empty. Choose the file that holds the content."),
    ],
)
def test_a_faulty_file_is_answered_for_and_nothing_is_written(run, files, message):
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    code, said, complaint = run(
        "left.csv", "right.csv", "--out", "links.csv", "--labels", "pairs.csv"
    )
    assert (code, said) == (1, "")
    assert message in complaint
    left_there = {path.name for path in Path().iterdir()} - {"home"}
    assert left_there == {"left.csv", "pairs.csv", "right.csv"}


def test_a_file_of_windows_with_semicolons_is_read(run):
    Path("left.csv").write_bytes("id;name;city\n3;Ås mekaniska;Falun\n".encode("cp1252"))
    run("left.csv", "right.csv", "--out", "links.csv")
    assert [(row["left_id"], row["right_id"]) for row in links()] == [("3", "c")]


def test_earlier_links_stay_when_the_new_ones_cannot_be_made(run):
    Path("links.csv").write_text("kept", "utf-8")
    Path("left.csv").write_text("id\n1\n", "utf-8")
    run("left.csv", "right.csv", "--out", "links.csv")
    assert Path("links.csv").read_text("utf-8") == "kept"


def test_a_folder_as_out_and_an_unknown_engine_are_wrong_usage(run):
    assert run("left.csv", "right.csv", "--out", ".")[0] == 2
    assert run("left.csv", "right.csv", "--out", "links.csv", "--engine", "abacus")[0] == 2


def test_without_pyspark_the_message_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    code, _, complaint = run("left.csv", "right.csv", "--out", "links.csv", "--engine", "spark")
    assert code == 1
    assert "install klustermotor[spark], or use --engine duckdb" in complaint
    assert not Path("links.csv").exists()


def test_the_command_starts_without_the_rooms_and_without_a_database(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['klustermotor', 'link', '--help']\n"
         "from klustermotor.__main__ import run\n"
         "try:\n    run()\nexcept SystemExit:\n    pass\n"
         "print('loaded:', [m for m in ('polars', 'splink', 'duckdb', 'django.db.models') "
         "if m in sys.modules])"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path), "DJANGO_SETTINGS_MODULE": ""},
    )  # fmt: skip
    assert "LEFT RIGHT" in told.stdout
    assert told.stdout.endswith("loaded: []\n")


needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs pyspark (pip install klustermotor[spark]) and Java 17",
)


@needs_spark
@pytest.mark.slow
def test_spark_on_this_machine_gives_the_same_links_as_duckdb(run):
    run("left.csv", "right.csv", "--out", "links.csv", "--language", "en")
    by_duckdb = links()
    run("left.csv", "right.csv", "--out", "links.csv", "--language", "en", "--engine", "spark")
    by_spark = links()
    assert [(r["left_id"], r["right_id"], r["reason"]) for r in by_spark] == [
        (r["left_id"], r["right_id"], r["reason"]) for r in by_duckdb
    ]
    for one, other in zip(by_spark, by_duckdb, strict=True):
        assert float(one["probability"]) == pytest.approx(float(other["probability"]), abs=0.001)


@pytest.mark.skipif(not REAL.is_dir(), reason="the labelled set of real names is not beside here")
def test_real_names_are_linked_as_well_as_the_documents_say(run):
    files = [str(REAL / name) for name in ("left_names.csv", "right_register.csv")]
    _, said, _ = run(*files, "--out", "links.csv", "--labels", str(REAL / "labels.csv"), "--json")
    told = json.loads(said)
    assert told["f1"] == pytest.approx(0.905, abs=0.02)
