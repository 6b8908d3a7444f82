"""Nothing about people is kept anywhere that extract and erasure do not know of."""

import pytest
from django.apps.registry import Apps
from django.db import connection, models

from klustermotor.core.models import User
from klustermotor.core.privacy.shredders import all_shredders, exemptions
from klustermotor.core.testing import privacy
from klustermotor.register.models import Person


def test_every_field_that_may_hold_personal_data_is_accounted_for() -> None:
    assert privacy.unsaid() == []


@pytest.mark.parametrize(
    ("field", "remedy"),
    [
        (models.CharField(max_length=10), "register a shredder, name it"),
        (models.TextField(), "register a shredder, name it"),
        (models.JSONField(), "register a shredder, name it"),
        (models.EmailField(), "register a shredder, name it"),
        (models.ForeignKey(Person, models.CASCADE, related_name="+"), "points at a"),
        (models.OneToOneField(User, models.CASCADE, related_name="+"), "points at a"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, models.Field) else "",
)
def test_a_new_model_with_personal_data_is_found(field, remedy, monkeypatch) -> None:
    class Guest(models.Model):
        said = field

        class Meta:
            app_label = "never_installed"
            apps = Apps()

    monkeypatch.setattr(privacy, "stored_models", lambda: [Guest])
    (fault,) = privacy.unsaid()
    assert fault.startswith("never_installed.Guest.said: ")
    assert remedy in fault


def test_no_exemption_covers_a_link_to_a_person(monkeypatch) -> None:
    from klustermotor.core.privacy import exempt, shredders

    class Host(models.Model):
        person = models.ForeignKey(Person, models.CASCADE, related_name="+")

        class Meta:
            app_label = "never_installed"
            apps = Apps()

    monkeypatch.setattr(shredders, "_exempt", {})
    exempt(Host, "Nobody, honestly.")
    monkeypatch.setattr(privacy, "stored_models", lambda: [Host])
    assert len(privacy.unsaid()) == 1


def test_every_exemption_says_why() -> None:
    assert exemptions()
    assert all(len(reason) > 10 for reason in exemptions().values())


def test_what_shredders_name_exists() -> None:
    for shredder in all_shredders():
        for name in (*shredder.personal, *shredder.identifies, *shredder.stays):
            shredder.model._meta.get_field(name)
        assert set(shredder.identifies) | set(shredder.stays) <= set(shredder.personal)


@pytest.mark.django_db
def test_every_shredder_finds_its_rows_in_the_database() -> None:
    for shredder in all_shredders():
        key = shredder.of._meta.pk.to_python(1 if shredder.of is User else "0" * 32)
        assert list(shredder.rows(key)) == []
    assert connection.vendor in ("sqlite", "postgresql")
