"""Pages of waves: what a form refuses, beside its field."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from klustermotor.core.models import User
from klustermotor.initiatives.models import Initiative
from klustermotor.initiatives.services import save_initiative
from klustermotor.surveys import services
from klustermotor.surveys.models import Wave
from klustermotor.surveys.tests.test_loading import YAML


@pytest.fixture
def steel(client: Client, db: Any) -> Initiative:
    user = User.objects.create_superuser("e@example.org", name="E")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return save_initiative("steel", name="Steel")


def form(**changed: object) -> dict[str, object]:
    instrument = services.save_instrument(YAML)
    return {"name": "2009", "instrument": instrument.pk, "selection": "census", **changed}


@pytest.mark.parametrize("name", ["2009/10", "a?b", "a#b", "..", "   "])
def test_a_wave_has_a_name_that_an_address_can_carry(
    name: str, client: Client, steel: Initiative
) -> None:
    address = reverse("wave_create", kwargs={"slug": "steel"})
    assert client.post(address, form(name=name)).status_code == 200
    assert not Wave.objects.exists()


def test_a_second_wave_of_the_same_name_is_refused(client: Client, steel: Initiative) -> None:
    address = reverse("wave_create", kwargs={"slug": "steel"})
    assert client.post(address, form()).status_code == 302
    assert client.post(address, form()).status_code == 200
    assert Wave.objects.count() == 1


def test_a_wave_with_answers_keeps_its_name_and_questionnaire(
    client: Client, steel: Initiative
) -> None:
    import polars as pl

    wave = services.save_wave(steel, "2009", instrument=services.save_instrument(YAML))
    services.store_answers(wave, pl.DataFrame({"respondent": ["a"], "results.sales": ["1"]}))
    other = services.save_instrument(YAML.replace("id: short", "id: other", 1))
    address = reverse("wave_change", kwargs={"wave": wave.pk})
    assert client.post(address, form(name="2010")).status_code == 200
    assert client.post(address, form(instrument=other.pk)).status_code == 200
    assert client.post(address, form(invited=9)).status_code == 302
    wave.refresh_from_db()
    assert (wave.name, wave.instrument.slug, wave.invited) == ("2009", "short", 9)
