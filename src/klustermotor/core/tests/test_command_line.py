"""The command in a pipe whose reader stops reading, as in ``klustermotor … | head``."""

import os
import subprocess
import sys

import pytest

from klustermotor.__main__ import PIPE_CLOSED

TEXT = "Deltagandet har lett till fler jobb.\n\n" * 3000


@pytest.mark.parametrize(
    "words", [["proofread", "report.txt"], ["proofread", "report.txt", "--json"], ["help"]]
)
def test_a_reader_that_has_read_enough_gets_no_traceback(tmp_path, words):
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf-8")
    words = [str(report) if word == "report.txt" else word for word in words]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "klustermotor", *words],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=os.environ | {"KLUSTERMOTOR_HOME": str(tmp_path)},
        )
    finally:
        os.close(writing)
    assert "Traceback" not in ended.stderr
    assert "BrokenPipe" not in ended.stderr
    assert ended.returncode == PIPE_CLOSED
