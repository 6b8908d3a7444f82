"""People, establishments, registers and lists: each loaded, loaded again, and undone."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from klustermotor.core.loaders import no_progress
from klustermotor.register.models import (
    ConsentText,
    Establishment,
    EstablishmentYear,
    Industry,
    IndustryCrosswalk,
    LegalBasis,
    Load,
    Municipality,
    Note,
    Organisation,
    Person,
    PersonRole,
    SourceKey,
)
from klustermotor.register.services import loading
from klustermotor.register.tests.loads import applied, counts, csv, said, staged, undone
from klustermotor.register.tests.test_loading import HEADING, NUMBERS, rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PEOPLE = ["Namn", "E-post", "Orgnr", "Roll", "Från", "Rättslig grund"]


@pytest.fixture
def company(falun: Municipality) -> Organisation:
    return Organisation.objects.create(name="Stål AB", number=NUMBERS[0], municipality=falun)


def test_people_come_with_roles_and_legal_bases(company: Organisation) -> None:
    content = csv(
        PEOPLE,
        [
            ["Kim Berg", "kim@stal.example", NUMBERS[0], "vd", "2020-01-01", "avtal"],
            ["Kim Berg", "kim@stal.example", NUMBERS[0], "ordförande", "", "avtal"],
            ["Alex Ny", "", NUMBERS[0], "säljare", "", "allmänt intresse"],
            ["Bo Borta", "bo@x.example", NUMBERS[5], "vd", "", "avtal"],
        ],
    )
    load = applied("people", content)
    assert counts(load) == {"created": 2, "changed": 1, "refused": 1}
    assert said(load) == {5: ["no_organisation"]}
    kim = Person.objects.get(email="kim@stal.example")
    assert sorted(kim.roles.values_list("title", flat=True)) == ["ordförande", "vd"]
    basis = kim.legal_bases.get()
    assert (basis.basis, basis.purpose) == ("contract", "contact")
    assert kim.history.count() >= 1

    again = counts(applied("people", content))
    assert again == {"unchanged": 3, "refused": 1}
    undone(load)
    assert Person.objects.count() == PersonRole.objects.count() == LegalBasis.objects.count() == 0
    assert Person.history.count() == 0


def test_a_person_who_has_unsubscribed_and_consented_stays_so(company: Organisation) -> None:
    from django.utils import timezone

    one = ["Kim Berg", "kim@stal.example", NUMBERS[0], "vd", "", "avtal"]
    applied("people", csv(PEOPLE, [one]))
    kim = Person.objects.get()
    kim.unsubscribed_at = timezone.now()
    kim.save()
    Note.objects.create(person=kim, text="Vill inte ha brev")
    history = kim.history.count()
    applied("people", csv(PEOPLE, [[*one[:3], "vd", "2021-01-01", "avtal"]]))
    kim.refresh_from_db()
    assert kim.unsubscribed_at is not None
    assert kim.notes.count() == 1
    assert kim.history.count() >= history
    assert kim.legal_bases.count() == 1


def test_consent_needs_its_text(company: Organisation) -> None:
    row = ["Kim Berg", "kim@stal.example", NUMBERS[0], "vd", "", "samtycke"]
    assert said(staged("people", csv(PEOPLE, [row]))) == {2: ["consent_without_text"]}
    text = ConsentText.objects.create(purpose="contact", language="sv", version=1, text="Ja tack")
    applied("people", csv(PEOPLE, [row]))
    assert LegalBasis.objects.get().text == text


def test_establishments_hang_on_their_company(company: Organisation) -> None:
    heading = ["Orgnr", "CFAR", "Benämning", "Adress", "Kommun", "Anställda", "År"]
    one = [NUMBERS[0], "12345678", "Verket", "Gatan 1", "Falun", "12", "2023"]
    lost = [NUMBERS[7], "12345679", "Vilse", "Gatan 2", "Falun", "", ""]
    load = applied("establishments", csv(heading, [one, lost]))
    assert counts(load) == {"created": 1, "refused": 1}
    unit = Establishment.objects.get()
    assert (unit.organisation, unit.name, unit.number) == (company, "Verket", "12345678")
    assert EstablishmentYear.objects.get().employees == 12
    assert counts(applied("establishments", csv(heading, [one]))) == {"unchanged": 1}
    more = applied("establishments", csv(heading, [[*one[:5], "14", "2024"]]))
    assert counts(more) == {"changed": 1}
    assert sorted(EstablishmentYear.objects.values_list("year", flat=True)) == [2023, 2024]
    undone(more)
    assert list(EstablishmentYear.objects.values_list("year", flat=True)) == [2023]


def test_scbs_establishments_make_the_companies_that_are_missing(falun: Municipality) -> None:
    heading = ["PeOrgNr", "Företagsnamn", "CFAR", "Benämning", "Kommun"]
    content = csv(
        heading,
        [
            [f"16{NUMBERS[0]}", "Stål AB", "11111111", "Verket", "2080"],
            [f"16{NUMBERS[0]}", "Stål AB", "22222222", "Lagret", "2080"],
        ],
    )
    load = applied("scb", content)
    assert counts(load) == {"created": 2}
    assert Organisation.objects.get().establishments.count() == 2
    assert counts(applied("scb", content)) == {"unchanged": 2}
    undone(load)
    assert Organisation.objects.count() == Establishment.objects.count() == 0


def unit(number: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": "AS"},
        "naeringskode1": {"kode": "62.010", "beskrivelse": "Programmering"},
        **more,
    }


def test_enhetsregisteret_and_its_underenheter(db: None) -> None:
    units = [
        unit("923609016", "FJORDSTÅL AS"),
        unit("974760673", "FJORD ENK", organisasjonsform={"kode": "ENK"}, telefon="1"),
    ]
    applied("brreg", json.dumps(units), "enheter.json")
    one = Organisation.objects.get(number="923609016")
    assert one.main_industry_id == "SN2007:62.010"
    assert Industry.objects.get(pk="SN2007:62.010").titles == {"nb": "Programmering"}
    assert Organisation.objects.get(number="974760673").is_sole_trader

    subs = [{
        "organisasjonsnummer": "973861778", "navn": "AVD BERGEN", "overordnetEnhet": "923609016",
        "beliggenhetsadresse": {"poststed": "BERGEN"},
    }]  # fmt: skip
    applied("brreg", json.dumps(subs), "underenheter.json")
    assert Establishment.objects.get().organisation == one

    units[1]["telefon"] = None  # a register tells all that it knows: what is gone there goes here
    load = applied("brreg", json.dumps(units), "enheter.json")
    assert counts(load) == {"changed": 1, "unchanged": 1}
    assert Organisation.objects.get(number="974760673").phone == ""


def test_industries_bridges_and_boundaries(db: None) -> None:
    load = applied("industries", "Kod;Benämning\n24;Stål\n24.1;Järn\n24.100;Råjärn\n")
    assert counts(load) == {"created": 3}
    finest = Industry.objects.get(pk="SNI2007:24.100")
    assert (finest.parent_id, finest.level) == ("SNI2007:24.1", "subclass")
    assert counts(applied("industries", "Kod;Benämning\n24;Stål\n")) == {"unchanged": 1}
    assert counts(applied("industries", "Kod;Benämning\n24;Stål och metall\n")) == {"changed": 1}

    applied("industries", "Kod;Benämning\n24;Stål\n", into={"standard": "SNI2025"})
    applied("crosswalk", "SNI 2007;SNI 2025;Delvis\n24;24;ja\n")
    assert IndustryCrosswalk.objects.get().is_partial

    square = {"type": "Polygon", "coordinates": [[[15.0, 60.0], [16.0, 60.0], [16.0, 61.0]]]}
    feature = {
        "type": "Feature",
        "properties": {"kommunkod": "2080", "kommunnamn": "Falun"},
        "geometry": square,
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    load = applied("boundaries", content, "k.geojson")
    assert Municipality.objects.get(pk="SE-2080").boundary == square
    assert counts(applied("boundaries", content, "k.geojson")) == {"unchanged": 1}
    undone(load)
    assert not Municipality.objects.filter(pk="SE-2080").exists()


def test_what_loads_keep_of_a_person_can_be_forgotten(company: Organisation) -> None:
    applied("people", csv(PEOPLE, [["Kim Berg", "k@b.example", NUMBERS[0], "vd", "", "avtal"]]))
    key = Person.objects.get().pk
    assert loading.forget_thing(key) >= 2
    assert not SourceKey.objects.filter(row=key).exists()


def test_old_files_are_forgotten(falun: Municipality) -> None:
    from datetime import timedelta

    from django.utils import timezone

    load = staged("organisations", csv(HEADING, rows(1)))
    path = loading.path_of(load)
    assert path.exists()
    Load.objects.update(created_at=timezone.now() - timedelta(days=15))
    with_commit = pytest.importorskip("django.test").TestCase.captureOnCommitCallbacks
    with with_commit(execute=True):
        loading.forget_old()
    assert not Load.objects.exists()
    assert not path.exists()


def run(capsys: Any, *arguments: str) -> tuple[int, str, str]:
    try:
        call_command(*arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    else:
        code = 0
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_command_loads_and_tells_each_refused_row(
    falun: Municipality, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "f.csv"
    file.write_text(csv(HEADING, [*rows(2), ["5560360794", "Fel AB", "", "", "", ""]]), "utf-8")
    code, out, err = run(capsys, "load", "organisations", str(file), "--dry-run", "--json")
    assert json.loads(out)["created"] == 2
    assert Organisation.objects.count() == Load.objects.count() == 0
    code, out, err = run(capsys, "load", "organisations", str(file), "--source", "Listan")
    assert code == 1
    assert out.startswith("f.csv: 2 created, 0 changed, 0 unchanged, 1 refused")
    assert "f.csv, row 4, column Organisationsnummer: '5560360794' is no organisation number" in err
    assert Organisation.objects.count() == 2
    assert Load.objects.get().source.name == "Listan"


def test_the_command_says_what_it_does_not_know(
    falun: Municipality, tmp_path: Path, users: Any
) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Namn\nA AB\n", "utf-8")
    for arguments, said_ in (
        (["junk", str(file)], "organisations"),
        (["organisations", str(file), "--into", "colour=red"], "takes country"),
        (["organisations", str(file), "--as", "nobody@example.org"], "no such user"),
        (["organisations", str(file), "--as", "outsider@example.org"], "may not load"),
    ):
        with pytest.raises(CommandError) as error:
            call_command("load", *arguments)
        assert error.value.returncode == 2
        assert said_ in str(error.value)


def test_a_scope_with_too_much_missing_is_refused_by_the_command(
    falun: Municipality, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "f.csv"
    file.write_text(csv(HEADING, rows(10)), "utf-8")
    run(capsys, "load", "organisations", str(file), "--complete", "alla")
    file.write_text(csv(HEADING, rows(5)), "utf-8")
    code, _out, err = run(capsys, "load", "organisations", str(file), "--complete", "alla")
    assert (code, "--force" in err) == (1, True)
    code, out, _err = run(
        capsys, "load", "organisations", str(file), "--complete", "alla", "--force"
    )
    assert (code, "5 ended" in out) == (0, True)


def test_an_export_can_be_loaded_again_and_changes_nothing(
    falun: Municipality, tmp_path: Path, capsys: Any
) -> None:
    applied("organisations", csv([*HEADING, "Taggar", "SNI"], [[*rows(1)[0], "a, b", ""]]))
    for suffix in ("csv", "xlsx"):
        out = tmp_path / f"ut.{suffix}"
        code, told, _err = run(capsys, "export", "organisations", "--out", str(out))
        assert (code, "1 rows" in told) == (0, True)
        code, told, _err = run(capsys, "load", "organisations", str(out))
        assert (code, "0 changed, 1 unchanged" in told) == (0, True), told


def test_sole_traders_numbers_are_left_out_unless_asked_for(
    falun: Municipality, tmp_path: Path, capsys: Any
) -> None:
    personal = "8112189876"
    Organisation.objects.create(name="Kiosk", number=personal, is_sole_trader=True)
    Organisation.objects.create(name="Stål AB", number=NUMBERS[0])
    texts = {}
    for how in ("", "--with-personal-numbers", "--pseudonyms"):
        out = tmp_path / "ut.csv"
        run(capsys, "export", "organisations", "--out", str(out), *([how] if how else []))
        texts[how] = out.read_text("utf-8")
        assert NUMBERS[0] in texts[how]
    assert personal not in texts[""] + texts["--pseudonyms"]
    assert personal in texts["--with-personal-numbers"]
    assert ",p-" in texts["--pseudonyms"]
    first = texts["--pseudonyms"]
    run(capsys, "export", "organisations", "--out", str(out), "--pseudonyms")
    assert out.read_text("utf-8") != first  # the key is made for one export


def test_a_data_package_says_what_is_in_it(
    falun: Municipality, tmp_path: Path, capsys: Any
) -> None:
    import zipfile

    applied("organisations", csv(HEADING, rows(2)))
    out = tmp_path / "ut.zip"
    run(capsys, "export", "dataset", "--out", str(out))
    with zipfile.ZipFile(out) as package:
        told = json.loads(package.read("datapackage.json"))
        assert {r["name"] for r in told["resources"]} >= {"organisations", "establishments"}
        for resource in told["resources"]:
            lines = package.read(resource["path"]).decode().splitlines()
            assert resource["rowcount"] == len(lines) - 1
            assert [f["name"] for f in resource["schema"]["fields"]] == lines[0].split(",")


def test_progress_goes_beside_the_database_while_a_load_is_applied(
    falun: Municipality, users: Any
) -> None:
    seen = []
    load = staged("organisations", csv(HEADING, rows(3)))
    loading.apply(load, lambda percent, message="": seen.append(percent))
    assert seen
    assert max(seen) <= 100
    loading.undo(load, no_progress, by=users["keeper"])
