"""Who was erased stays erased, whichever archive comes back, on whichever machine."""

import json
import zipfile

import pytest

FILL = """
import uuid
from klustermotor.core.models import Controller, Job, User
from klustermotor.register.models import Note, Organisation, Person, PersonRole
Controller.objects.create(name="Stålföreningen", kind="private", is_default=True)
admin = User.objects.create_superuser("admin@region.example", name="Admin")
company = Organisation.objects.create(name="Stål AB", description="Fråga efter Åsa Öström.")
asa = Person.objects.create(id=uuid.UUID(int=7), name="Åsa Öström", email="asa@stal.example")
kim = Person.objects.create(id=uuid.UUID(int=8), name="Kim Berg", email="kim@stal.example")
PersonRole.objects.create(person=asa, organisation=company, title="VD")
Note.objects.create(organisation=company, text="Åsa Öström ringde.")
Note.objects.create(id=uuid.UUID(int=9), organisation=company, text="Åsa Öström står kvar.")
Job.objects.create(kind="x", title="Lista", owner=admin, state="done", folder="j/1")
"""
ERASE = """
import uuid
from klustermotor.core.models import User
from klustermotor.core.privacy import Subject
from klustermotor.core.privacy.erasure import erase
from klustermotor.register.models import Person
subject = Subject(Person, uuid.UUID(int=7))
left = [f"register.note/{uuid.UUID(int=9)}/text", f"register.note/{uuid.UUID(int=9).hex}/text"]
print(erase(subject, by=User.objects.get(), left=left).erased["register.person"])
"""
READ = """
import json
from django.utils import translation
from klustermotor.core.models import Erasure
from klustermotor.register.models import Note, Organisation, Person
print(json.dumps({
    "people": [person.name for person in Person.objects.all()],
    "earlier": sorted(set(Person.history.values_list("name", flat=True))),
    "texts": sorted(Note.objects.values_list("text", flat=True)),
    "about": Organisation.objects.get().description,
    "log": [(log.subject, log.applied_again_at is not None) for log in Erasure.objects.all()],
}, ensure_ascii=False))
"""
BEFORE = {
    "people": ["Kim Berg", "Åsa Öström"],
    "earlier": ["Kim Berg", "Åsa Öström"],
    "texts": ["Åsa Öström ringde.", "Åsa Öström står kvar."],
    "about": "Fråga efter Åsa Öström.",
    "log": [],
}
KEY = "00000000-0000-0000-0000-000000000007"


def gone(*, again: bool) -> dict[str, object]:
    return {
        "people": ["Kim Berg"],
        "earlier": ["Kim Berg"],
        "texts": ["[raderad] ringde.", "Åsa Öström står kvar."],
        "about": "Fråga efter [raderad].",
        "log": [[KEY, again]],
    }


def told(site) -> dict[str, object]:
    return json.loads(site.python(READ))


@pytest.fixture
def site(installation):
    installation.python(FILL)
    folder = installation.home / "jobs" / "j" / "1"
    folder.mkdir(parents=True)
    (folder / "people.csv").write_text("namn\nÅsa Öström\n")
    return installation


def restored(site, path, *arguments):
    done = site.run("restore", str(path), *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_older_archive_brings_nobody_back_who_was_erased_since(site, tmp_path):
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    assert site.run("backup", str(old)).returncode == 0
    assert told(site) == BEFORE
    assert site.python(ERASE) == "1"
    assert told(site) == gone(again=False)
    assert site.run("backup", str(new)).returncode == 0

    said = restored(site, old, "--force")
    assert "Erased again, as they had been erased before: 1." in said
    assert told(site) == gone(again=True)
    assert not (site.home / "jobs" / "j" / "1" / "people.csv").exists()
    log = (site.home / "privacy" / "erasures.jsonl").read_text()
    assert KEY in log
    assert "Öström" not in log

    assert "Erased again" not in restored(site, new, "--force")
    assert told(site) == gone(again=False)
    with zipfile.ZipFile(new) as archive:
        assert KEY in archive.read("privacy/erasures.jsonl").decode()
        assert "Åsa" not in archive.read("database/register_person.jsonl").decode()


def test_a_saved_log_erases_on_a_machine_that_never_knew_of_it(site, new_installation, tmp_path):
    old = tmp_path / "old.zip"
    assert site.run("backup", str(old)).returncode == 0
    site.python(ERASE)
    other = new_installation()
    restored(other, old, "--erasures", str(site.home / "privacy" / "erasures.jsonl"))
    assert told(other) == gone(again=True)
    third = new_installation()
    restored(third, old)
    assert told(third) == BEFORE


def test_a_log_that_cannot_be_read_stops_the_restore_before_anything_is_touched(site, tmp_path):
    old = tmp_path / "old.zip"
    assert site.run("backup", str(old)).returncode == 0
    log = site.home / "privacy" / "erasures.jsonl"
    log.parent.mkdir(exist_ok=True)
    log.write_text("nonsense\n{}\n")
    done = site.run("restore", str(old), "--force")
    assert done.returncode == 1
    assert "erasures.jsonl, line 1: this is no entry of the log of erasures" in done.stderr
    assert told(site) == BEFORE
    log.unlink()
    done = site.run("restore", str(old), "--force", "--erasures", str(tmp_path / "none.jsonl"))
    assert done.returncode == 1
    assert "there is no such log of erasures" in done.stderr
