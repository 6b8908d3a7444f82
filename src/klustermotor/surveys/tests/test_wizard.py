"""From a bare file to a wave with answers, by the form alone."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from klustermotor.core.models import User
from klustermotor.initiatives.services import save_initiative
from klustermotor.surveys import loading, services
from klustermotor.surveys.models import Answer, Instrument
from klustermotor.surveys.queries import questionnaire_of

ADDRESS = "/surveys/questionnaires/propose"
HEADINGS = (
    "Löpnummer;Storlek;Nytta [Försäljning];Nytta [<b>Kunder</b>];"
    "Samarbete – nu;Samarbete – önskat;Nöjda?;E-post"
)
GRADES = ("inte alls", "i liten grad", "i viss grad", "i hög grad", "vet inte")
ROWS = [
    f"{n};{'1–9' if n % 2 else '10–'};{GRADES[n % 5]};{GRADES[(n + 1) % 5]};{1 + n % 4};{2 + n % 4};"
    f"{'Ja' if n % 3 else 'Vet ej'};a{n}@b.se"
    for n in range(1, 25)
]
FILE = "\n".join([HEADINGS, *ROWS]).encode()


@pytest.fixture
def evaluator(client: Client, db: Any) -> User:
    user = User.objects.create_superuser("e@example.org", name="E")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def form_of(page: str) -> dict[str, str]:
    """What the browser would send back."""
    said = {}
    for tag in re.findall(r"<input[^>]*>", page):
        parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if parts.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in parts:
            said[parts["name"]] = html.unescape(parts.get("value", "on"))
    for name, options in re.findall(r'<select[^>]* name="([^"]*)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        said[name] = html.unescape(chosen[1]) if chosen else ""
    return {name: value for name, value in said.items() if name not in ("q", "next", "language")}


def proposed(client: Client) -> dict[str, str]:
    upload = SimpleUploadedFile("svar.csv", FILE)
    page = client.post(ADDRESS, {"title": "Nytta", "file": upload}).content.decode()
    assert "a1@b.se" not in page
    assert "<b>Kunder" not in page
    return form_of(page)


def test_what_was_proposed_can_be_kept_and_the_same_file_loaded(
    client: Client, evaluator: User
) -> None:
    form = proposed(client)
    assert client.post(ADDRESS, {**form, "do": "keep"}).status_code == 302
    instrument = Instrument.objects.get()
    kinds = {b.id: b.type for b in questionnaire_of(instrument).blocks}
    assert kinds == {"nytta": "scale", "samarbete": "gap", "nojda": "yes_no"}
    wave = services.save_wave(
        save_initiative("steel", name="Steel"), "2010", instrument=instrument, invited=30
    )
    load = loading.stage(wave, SimpleUploadedFile("svar.csv", FILE), by=evaluator)
    assert (load.preview["faults"], load.preview["created"]) == ([], 24)
    loading.apply(load, by=evaluator)
    first = Answer.objects.get(respondent="3").values
    assert first["nytta.forsaljning"] == "4"
    assert first["Storlek"] == "1–9"
    assert not any("@" in str(value) for value in first.values())


def test_corrections_come_into_the_questionnaire(client: Client, evaluator: User) -> None:
    form = proposed(client)
    unknown = next(name for name in form if name.endswith("-unknown"))
    assert form[unknown] == "on"
    changed = {"b0-sv": "Vilken nytta?", "b0-indicator": "growth", "c3-role": "left_out"}
    page = client.post(ADDRESS, {**form, **changed, "do": "download"})
    yaml = page.content.decode()
    assert page["Content-Type"].startswith("application/yaml")
    assert "Vilken nytta?" in yaml
    assert "indicator: growth" in yaml
    assert "Kunder" not in yaml


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title-sv": "", "title-nb": "", "title-en": ""}, "title-sv"),
        ({"c1-role": "respondent"}, "c1-role"),
        ({"b0-scale": ""}, "b0-scale"),
        ({"b0-sv": "", "b0-nb": "", "b0-en": ""}, "b0-sv"),
        ({"c5-role": "left_out"}, "b1-type"),
        ({"b0-type": "gap"}, "b0-type"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_kept(
    changed: dict[str, str], field: str, client: Client, evaluator: User
) -> None:
    answer = client.post(ADDRESS, {**proposed(client), **changed, "do": "keep"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert f'id="{field}-fault"' in page
    assert not Instrument.objects.exists()


def test_a_background_column_can_be_made_a_question(client: Client, evaluator: User) -> None:
    form = proposed(client)
    client.post(ADDRESS, {**form, "c1-role": "question", "do": "keep"})
    asked = questionnaire_of(Instrument.objects.get()).by_name
    assert "storlek.storlek" in asked


def test_a_draft_that_is_not_ours_begins_anew(client: Client, evaluator: User) -> None:
    answer = client.post(ADDRESS, {"draft": "forged", "do": "keep"})
    assert (answer.status_code, answer.headers["Location"]) == (302, ADDRESS)
