import signal
import subprocess
import sys

import pytest

from klustermotor.evaluation.whole_folder import whole_folder

WRITER = """
import sys, time
from pathlib import Path
from klustermotor.evaluation.whole_folder import whole_folder
with whole_folder(Path(sys.argv[1])) as folder:
    (folder / "half.csv").write_text("half")
    print(folder.name, flush=True)
    time.sleep(60)
"""


def writer(out):
    """A process in the middle of writing, and the name of its hidden folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(out)], stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().strip()


def write(out):
    with whole_folder(out) as folder:
        (folder / "whole.csv").write_text("whole")


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "home")


def test_what_a_killed_run_has_left_is_gone_after_the_next_one(tmp_path):
    process, left = writer(tmp_path / "out")
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert names(tmp_path) == [left]
    write(tmp_path / "out")
    assert names(tmp_path) == ["out"]
    assert names(tmp_path / "out") == ["whole.csv"]


def test_what_another_run_is_writing_is_left_alone(tmp_path):
    process, held = writer(tmp_path / "out")
    try:
        write(tmp_path / "out")
        assert names(tmp_path) == [held, "out"]
        assert (tmp_path / held / "half.csv").exists()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("name", [".out.settings", ".other.klustermotor-abcdefgh"])
def test_a_hidden_folder_of_someone_else_is_left_alone(tmp_path, name):
    (tmp_path / name).mkdir()
    write(tmp_path / "out")
    assert names(tmp_path) == [name, "out"]


def test_a_failed_run_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="halfway"), whole_folder(tmp_path / "out") as folder:
        (folder / "half.csv").write_text("half")
        raise ValueError("halfway")
    assert names(tmp_path) == []
