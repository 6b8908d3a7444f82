from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from klustermotor.core.jobs import JobError, cancel, enqueue, job_kind, run_job
from klustermotor.core.jobs.queue import forget, sweep
from klustermotor.core.models import Job, User

pytestmark = pytest.mark.django_db
acts = {}


@job_kind("test.unit", label="Prov", max_attempts=2)
def work(run):
    (run.folder / "a.txt").write_text("hej")
    return acts["act"](run)


@pytest.fixture
def eva():
    return User.objects.create_user("eva@exempel.se", name="Eva Ek")


def job_that(eva, act, **fields):
    acts["act"] = act
    return enqueue("test.unit", {"n": 1}, owner=eva, title="Rapport", **fields)


def state(job):
    job.refresh_from_db()
    return job.state


def test_a_job_is_done_with_its_result_and_its_files(eva):
    job = job_that(eva, lambda run: {"n": run.arguments["n"] + 1})
    assert (job.state, DBTaskResult.objects.count()) == ("queued", 1)
    run_job(job.pk)
    assert state(job) == "done"
    assert (job.progress, job.result, [path.name for path in job.files()]) == (
        100,
        {"n": 2},
        ["a.txt"],
    )


def test_a_job_speaks_the_language_in_which_it_was_asked_for(eva):
    from django.utils import translation

    with translation.override("nb"):
        job = job_that(eva, lambda run: {"language": translation.get_language()})
    run_job(job.pk)
    assert state(job) == "done"
    assert job.result == {"language": "nb"}


def test_the_same_key_gives_the_same_job_until_it_fails(eva):
    def fail(run):
        raise JobError("Filen är tom: ladda upp svaren igen.")

    first = job_that(eva, fail, key="k")
    assert job_that(eva, fail, key="k") == first
    run_job(first.pk)
    assert state(first) == "failed"
    assert first.error == "Filen är tom: ladda upp svaren igen."
    assert job_that(eva, fail, key="k") != first


def test_an_unforeseen_error_is_logged_and_its_text_kept_from_the_user(eva, caplog):
    job = job_that(eva, lambda run: 1 / 0)
    run_job(job.pk)
    assert (state(job), job.error, job.files()) == ("failed", "", [])
    assert "ZeroDivisionError" in caplog.text


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step(eva):
    waiting = job_that(eva, lambda run: {})
    cancel(waiting)
    run_job(waiting.pk)
    assert state(waiting) == "cancelled"

    def work_and_be_cancelled(run):
        cancel(Job.objects.get(pk=run.job_id))
        run.progress(50)
        raise AssertionError("the work went on")

    running = job_that(eva, work_and_be_cancelled)
    run_job(running.pk)
    assert (state(running), running.files()) == ("cancelled", [])


def test_a_job_with_a_lease_is_left_alone_and_one_without_is_taken_over(eva):
    job = job_that(eva, lambda run: {})
    later = timezone.now() + timedelta(seconds=30)
    Job.objects.filter(pk=job.pk).update(state="running", worker="other", lease_until=later)
    run_job(job.pk)
    assert state(job) == "running"
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    run_job(job.pk)
    assert (state(job), job.attempts) == ("done", 1)


def test_a_worker_that_lost_its_job_publishes_nothing(eva, home):
    def lose(run):
        Job.objects.filter(pk=run.job_id).update(worker="other")
        return {}

    job = job_that(eva, lose)
    run_job(job.pk)
    assert (state(job), job.worker, job.folder) == ("running", "other", "")
    assert not list((home / "jobs" / str(job.pk)).iterdir())


def lost(job, attempts):
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(
        state="running", worker="dead", lease_until=past, attempts=attempts
    )


def test_sweeping_queues_a_lost_job_again_until_it_was_tried_too_often(eva):
    job = job_that(eva, lambda run: {})
    lost(job, attempts=1)
    assert sweep() == 1
    assert state(job) == "queued"
    assert DBTaskResult.objects.count() == 1, "the dead worker's task is gone"
    lost(job, attempts=2)
    assert sweep() == 1
    assert state(job) == "failed"
    assert sweep() == 0


def test_a_forgotten_job_takes_its_files_with_it(eva, home):
    job = job_that(eva, lambda run: {})
    run_job(job.pk)
    job.refresh_from_db()
    forget(job)
    assert not (home / "jobs" / str(job.pk)).exists()


@pytest.fixture
def done_job(eva):
    job = job_that(eva, lambda run: {})
    run_job(job.pk)
    return job


def test_only_the_owner_and_administrators_see_a_job_and_its_files(client, eva, done_job):
    other = User.objects.create_user("bo@exempel.se", name="Bo")
    boss = User.objects.create_user("chef@exempel.se", name="Chef", is_administrator=True)
    for address in (f"/jobs/{done_job.pk}", f"/jobs/{done_job.pk}/files/a.txt"):
        client.logout()
        assert client.get(address).status_code == 302
        for user, status in ((other, 403), (eva, 200), (boss, 200)):
            client.force_login(user)
            assert client.get(address).status_code == status, (address, user)
    client.force_login(other)
    assert client.post(f"/jobs/{done_job.pk}/cancel").status_code == 403


@pytest.mark.parametrize("name", ["../../keys/secret_key", "b.txt", "../a.txt"])
def test_no_other_file_comes_out_of_a_job(client, eva, done_job, name):
    client.force_login(eva)
    assert client.get(f"/jobs/{done_job.pk}/files/{name}").status_code == 404


def test_the_job_page_takes_five_queries(client, eva, done_job, django_assert_max_num_queries):
    client.force_login(eva)
    with django_assert_max_num_queries(5):
        client.get(f"/jobs/{done_job.pk}")
