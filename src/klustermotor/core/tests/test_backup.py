import json
import zipfile

import pytest

from klustermotor.core.backup import ArchiveError, verify, write_backup
from klustermotor.core.models import User

FILL = """
from klustermotor.core.models import Job, User
eva = User.objects.create_user("eva@exempel.se", "hemligt-1948", name="Eva Ek")
Job.objects.create(kind="x", title="Klar rapport", owner=eva, state="done", result={"sidor": 40})
Job.objects.create(kind="x", title="Halv rapport", owner=eva, state="running", worker="w")
"""
READ = """
from klustermotor.core.models import Job, User
eva = User.objects.get()
print(eva.email, eva.check_password("hemligt-1948"), eva.date_joined.isoformat())
print(*[(j.title, j.state, j.result.get("sidor")) for j in Job.objects.order_by("title")])
"""
ENGINE = "from django.db import connection; print(connection.vendor)"
JOINED = (
    "from klustermotor.core.models import User; print(User.objects.get().date_joined.isoformat())"
)


@pytest.fixture
def filled(installation, tmp_path):
    installation.python(FILL)
    (installation.home / "uploads" / "a").mkdir(parents=True)
    (installation.home / "uploads" / "a" / "svar.csv").write_text("å;ä;ö\n")
    (installation.home / "keys").mkdir(exist_ok=True)
    (installation.home / "keys" / "secret_key").write_text("x" * 60)
    return installation


@pytest.fixture
def archive(filled, tmp_path):
    path = tmp_path / "backup.zip"
    done = filled.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def altered(source, target, change):
    """Copy an archive part by part through ``change(name, bytes)``; None leaves the part out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def test_a_backup_comes_back_whole_in_an_empty_home(filled, archive, new_installation):
    joined = filled.python(JOINED)
    other = new_installation()
    done = other.run("restore", str(archive))
    assert done.returncode == 0, done.stderr
    user, jobs = other.python(READ).splitlines()
    assert user == f"eva@exempel.se True {joined}"
    assert jobs == "('Halv rapport', 'cancelled', None) ('Klar rapport', 'done', 40)"
    assert (other.home / "uploads" / "a" / "svar.csv").read_text() == "å;ä;ö\n"
    assert other.python(
        "from klustermotor.core.models import User; print(User.objects.create_user('b@b.se').pk > 1)"
    ), "the next key is free"


def test_an_archive_moves_between_sqlite_and_postgresql(
    filled, archive, new_installation, tmp_path
):
    if "DATABASE_URL" not in filled.environment:
        pytest.skip("no PostgreSQL here: run with scripts/with_postgres.sh")
    there, back = new_installation(sqlite=True), new_installation()
    told = filled.python(READ).replace("'running'", "'cancelled'")
    for site, source in ((there, archive), (back, tmp_path / "again.zip")):
        done = site.run("restore", str(source))
        assert done.returncode == 0, done.stderr
        assert site.python(READ) == told
        if site is there:
            assert site.run("backup", str(tmp_path / "again.zip")).returncode == 0
    assert there.python(ENGINE) == "sqlite"
    assert back.python(ENGINE) == "postgresql"


def test_an_older_archive_is_brought_up_to_date(filled, new_installation, tmp_path):
    told = filled.python(READ).replace("'running'", "'cancelled'")
    older = filled.run("migrate", "core", "0001", "-v0")  # before accounts had a history
    assert older.returncode == 0, older.stderr
    done = filled.run("backup", str(tmp_path / "old.zip"))
    assert done.returncode == 0, done.stderr
    assert not [
        n for n in zipfile.ZipFile(tmp_path / "old.zip").namelist() if "historicaluser" in n
    ]
    other = new_installation()
    done = other.run("restore", str(tmp_path / "old.zip"))
    assert done.returncode == 0, done.stderr
    assert other.python(READ) == told
    assert other.run("migrate", "--check").returncode == 0
    changed = "from klustermotor.core.models import User; u = User.objects.get(); u.save(); "
    assert other.python(changed + "print(u.history.count())") == "1"


def test_the_archive_holds_no_keys_and_is_readable_by_its_owner_only(archive):
    with zipfile.ZipFile(archive) as held:
        assert not [name for name in held.namelist() if "keys" in name.split("/")]
        assert not [name for name in held.namelist() if b"x" * 60 in held.read(name)]
    assert archive.stat().st_mode & 0o777 == 0o600


def test_restore_refuses_what_is_not_empty_and_force_replaces_it(filled, archive):
    refused = filled.run("restore", str(archive))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    filled.python("from klustermotor.core.models import User; User.objects.update(name='Annan')")
    (filled.home / "uploads" / "ny.txt").write_text("ny")
    done = filled.run("restore", "--force", str(archive))
    assert done.returncode == 0, done.stderr
    name = filled.python(
        "from klustermotor.core.models import User; print(User.objects.get().name)"
    )
    assert name == "Eva Ek"
    assert not (filled.home / "uploads" / "ny.txt").exists()


def test_verify_accepts_a_whole_archive_and_changes_nothing(archive, new_installation):
    other = new_installation()
    done = other.run("restore", "--verify", str(archive))
    assert (done.returncode, done.stderr) == (0, "")
    assert not other.home.exists()


DAMAGES = {
    "core_user.jsonl is damaged": lambda name, content: (
        content.replace(b"Eva", b"Ewa") if name.endswith("core_user.jsonl") else content
    ),
    "svar.csv is missing": lambda name, content: None if name.endswith("svar.csv") else content,
    "manifest.json is missing": lambda name, content: None if name == "manifest.json" else content,
    "manifest.json is missing or damaged": lambda name, content: (
        b"{}" if name == "manifest.json" else content
    ),
}


@pytest.fixture
def small_archive(home, tmp_path, transactional_db):
    User.objects.create_user("eva@exempel.se", name="Eva Ek")
    (home / "uploads").mkdir()
    (home / "uploads" / "svar.csv").write_text("å;ä;ö\n")
    write_backup(tmp_path / "small.zip")
    return tmp_path / "small.zip"


@pytest.mark.parametrize("named", DAMAGES)
def test_each_damage_is_named(small_archive, tmp_path, named):
    assert verify(small_archive).rows["core_user"] == 1
    bad = altered(small_archive, tmp_path / "bad.zip", DAMAGES[named])
    with pytest.raises(ArchiveError, match=named):
        verify(bad)


def test_a_part_that_points_elsewhere_does_not_belong(small_archive):
    with zipfile.ZipFile(small_archive, "a") as file:
        file.writestr("../../keys/secret_key", "x")
    with pytest.raises(ArchiveError, match="keys/secret_key does not belong"):
        verify(small_archive)


@pytest.mark.parametrize("keep", [0, 40, -200])
def test_a_file_that_is_cut_short_is_named(small_archive, keep):
    small_archive.write_bytes(small_archive.read_bytes()[:keep])
    with pytest.raises(ArchiveError, match=r"small\.zip"):
        verify(small_archive)


def test_a_damaged_archive_changes_nothing_even_with_force(filled, archive, tmp_path):
    change = DAMAGES["core_user.jsonl is damaged"]
    done = filled.run("restore", "--force", str(altered(archive, tmp_path / "bad.zip", change)))
    assert done.returncode == 1
    assert "core_user.jsonl is damaged" in done.stderr
    assert "Eva Ek" in filled.python(
        "from klustermotor.core.models import User; print(User.objects.get())"
    )
    assert (filled.home / "uploads" / "a" / "svar.csv").exists()


def test_an_archive_of_a_newer_version_asks_for_an_update(filled, archive, tmp_path):
    def newer(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["migrations"].append(["core", "0999_from_the_future"])
        return json.dumps(manifest)

    done = filled.run("restore", "--force", str(altered(archive, tmp_path / "new.zip", newer)))
    assert done.returncode == 1
    assert "update first" in done.stderr
