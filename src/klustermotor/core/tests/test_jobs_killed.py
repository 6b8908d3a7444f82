import signal
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent

ENQUEUE = """
import slow_job
from klustermotor.core.jobs import enqueue
from klustermotor.core.models import User
eva = User.objects.create_user("eva@exempel.se", name="Eva")
print(enqueue("test.slow", {"seconds": 4}, owner=eva, title="Rapport", key="rapport-1").pk)
"""
STATE = """
import slow_job
from klustermotor.core.models import Job
job = Job.objects.get()
print(job.state, job.attempts, job.result.get("lines"), [p.name for p in job.files()])
"""
WORKER = """
import slow_job
from django.core.management import call_command
call_command("worker")
"""


@pytest.fixture
def site(installation, tmp_path):
    (tmp_path / "slow_job.py").write_text((HERE / "slow_job.py.txt").read_text())
    installation.environment["PYTHONPATH"] += f":{tmp_path}"
    installation.environment["JOB_LEASE_SECONDS"] = "2"
    return installation


def start_worker(site):
    import subprocess
    import sys

    return subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\n{WORKER}"], env=site.environment
    )


def wait_for(condition, seconds=40):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def test_a_job_whose_worker_is_killed_is_done_by_the_next_one_with_one_whole_result(site):
    job_id = site.python(ENQUEUE)
    folder = site.home / "jobs" / job_id
    first = start_worker(site)
    try:
        wait_for(lambda: list(folder.glob("*.part/report.txt")))
    finally:
        first.kill()
        first.wait()
    assert site.python(STATE).startswith("running 1")
    assert not [path for path in folder.iterdir() if not path.name.endswith(".part")]

    second = start_worker(site)
    try:
        wait_for((folder / "2").exists)
        wait_for(lambda: site.python(STATE).startswith("done"))
    finally:
        second.send_signal(signal.SIGTERM)
        assert second.wait(20) == 0
    assert site.python(STATE) == "done 2 20 ['report.txt']"
    assert [path.name for path in folder.iterdir()] == ["2"]
    assert (folder / "2" / "report.txt").read_text() == "".join(f"{n}\n" for n in range(20))


def test_a_worker_that_is_asked_to_stop_gives_its_job_back_at_once(site):
    job_id = site.python(ENQUEUE)
    worker = start_worker(site)
    try:
        wait_for(lambda: list((site.home / "jobs" / job_id).glob("*.part/report.txt")))
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    assert site.python(STATE) == "queued 0 None []"
    assert not list((site.home / "jobs" / job_id).glob("*.part"))
