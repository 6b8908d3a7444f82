"""Register data as it is met: every encoding, swapped columns, merged headings, formulas, HTML."""

import gzip
import json

import pytest
from openpyxl import Workbook

from klustermotor.formats.errors import InputError
from klustermotor.formats.register import spreadsheet
from klustermotor.formats.register.boundaries import read_boundaries
from klustermotor.formats.register.brreg import read_brreg
from klustermotor.formats.register.record import Given, Into, Known

KNOWN = Known(
    {"SE-2080": "Falun", "NO-4601": "Bergen", "SE-2085": "Ludvika", "NO-0301": "Oslo"},
    frozenset({"SNI2007:24", "SN2007:62", "SNI2025:24", "SNI2007:24.100"}),
)
ONE, TWO, THREE = "5560360793", "5590000005", "5590000013"
HEAD = "Organisationsnummer;Företag;Kommun;Registrerad;Omsättning 2023\n"
ROW = f"{ONE};Järn- och stålverket Åsö AB;Falun;2001-05-31;1 234,5\n"


def read(tmp_path, content, name="fil.csv", kind="organisations", chosen=None, **into):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = spreadsheet.read_sheet(kind, path, Given(name, KNOWN, Into(**into)), chosen)
    return reading, list(reading.records)


def fields(reading):
    return {column.heading: column.field for column in reading.columns}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_each_encoding_reads_the_same(tmp_path, encoding):
    _reading, (record,) = read(tmp_path, (HEAD + ROW).encode(encoding))
    assert record.values["name"] == "Järn- och stålverket Åsö AB"
    assert record.values["municipality"] == "SE-2080"
    assert record.values["facts"] == {"turnover:2023": "1234.5"}
    assert not record.faults


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1\u00a0234", "1234"),
    ],
)
def test_decimal_commas_and_thousands(tmp_path, text, value):
    _reading, (record,) = read(tmp_path, f"Namn;Omsättning 2023\nA AB;{text}\n")
    assert record.values["facts"] == {"turnover:2023": value}


@pytest.mark.parametrize(
    "text", ["2024-05-31", "20240531", "31.5.2024", "31/5 2024", "45443", "2024-05-31 00:00:00"]
)
def test_dates_as_people_and_excel_write_them(tmp_path, text):
    _reading, (record,) = read(tmp_path, f"Namn;Registrerad\nA AB;{text}\n")
    assert record.values["started"] == "2024-05-31"


def test_swapped_columns_are_read_by_what_they_hold_and_that_is_said(tmp_path):
    rows = "".join(f"Stål {i} AB;{number}\n" for i, number in enumerate((ONE, TWO, THREE)))
    reading, records = read(tmp_path, "Organisationsnummer;Företag\n" + rows)
    assert [(r.values["number"], r.values["name"]) for r in records] == [
        (ONE, "Stål 0 AB"),
        (TWO, "Stål 1 AB"),
        (THREE, "Stål 2 AB"),
    ]
    assert [note.kind for note in reading.notes] == ["columns_swapped"]
    assert {column.by for column in reading.columns} == {"swapped"}


def test_columns_without_a_known_heading_are_known_by_what_they_hold(tmp_path):
    content = f"A;B;C\nStål AB;{ONE};info@stal.example\nJärn AB;{TWO};post@jarn.example\n"
    reading, records = read(tmp_path, content)
    assert fields(reading) == {"A": "name", "B": "number", "C": "email"}
    assert records[0].values["email"] == "info@stal.example"


def test_a_person_can_say_what_the_columns_are(tmp_path):
    content = f"Vad;Nr\nStål;{ONE}\n"
    reading, (record,) = read(tmp_path, content, chosen={"0": "name", "1": "number"})
    assert record.values["name"] == "Stål"
    assert {column.by for column in reading.columns} == {"chosen"}


def test_merged_headings_and_titles_above_are_understood(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["Företag i Falun"])
    sheet.append([])
    sheet.append(["Uppgifter", None, "Besöksadress", None, "Postadress", None])
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:D3")
    sheet.append(["Orgnr", "Namn", "Gata", "Ort", "Gata", "Ort"])
    sheet.append([int(ONE), "Stål AB", "Gatan 1", "Falun", "Box 2", "Borlänge"])
    path = tmp_path / "bok.xlsx"
    book.save(path)
    reading, (record,) = read(tmp_path, path.read_bytes(), "bok.xlsx")
    assert record.row == 5
    assert record.values["number"] == ONE
    assert (record.values["street"], record.values["city"]) == ("Gatan 1", "Falun")
    assert fields(reading)["Besöksadress Gata"] == "street"


def test_a_formula_without_a_stored_value_refuses_its_row_alone(tmp_path):
    book = Workbook()
    for row in (["Orgnr", "Namn"], [ONE, '="Stål"&" AB"'], [TWO, "Järn AB"]):
        book.active.append(row)
    path = tmp_path / "bok.xlsx"
    book.save(path)
    _reading, (formula, good) = read(tmp_path, path.read_bytes(), "bok.xlsx")
    assert formula.faults[0].kind == "formula_not_stored"
    assert (formula.faults[0].row, formula.faults[0].column) == (2, "Namn")
    assert not good.faults


def test_dates_of_excel_come_as_dates(tmp_path):
    import datetime

    book = Workbook()
    for row in (["Namn", "Registrerad"], ["Stål AB", datetime.datetime(2001, 5, 31)]):
        book.active.append(row)
    path = tmp_path / "bok.xlsx"
    book.save(path)
    _reading, (record,) = read(tmp_path, path.read_bytes(), "bok.xlsx")
    assert record.values["started"] == "2001-05-31"


def test_html_saved_as_xls_is_read_as_the_table_it_is(tmp_path):
    html = (
        "<html><body><table><tr><th>Orgnr<th>Namn</tr>"
        f"<tr><td>{ONE}</td><td>J&auml;rn &amp; Co AB</td></tr></table></body></html>"
    )
    _reading, (record,) = read(tmp_path, html, "lista.xls")
    assert record.values["name"] == "Järn & Co AB"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "gammal.xls"), (b"<?xml version='1.0'?><a/>", "a.xls")],
)
def test_other_kinds_of_file_are_refused_with_a_way_out(tmp_path, content, name):
    with pytest.raises(InputError) as error:
        read(tmp_path, content, name)
    assert error.value.faults[0].kind == "register_format"
    assert "xlsx" in error.value.text("sv")


def test_three_hundred_columns_are_read(tmp_path):
    heading = ["Orgnr", "Namn", *(f"X{i}" for i in range(298))]
    content = ";".join(heading) + "\n" + ";".join([ONE, "Stål AB", *["x"] * 298]) + "\n"
    reading, (record,) = read(tmp_path, content)
    assert len(reading.columns) == 300
    assert record.values["name"] == "Stål AB"


@pytest.mark.parametrize(
    ("cells", "kind", "column"),
    [
        ("5560360794;A AB", "number_check_digit", "Orgnr"),
        ("556036;A AB", "number_length", "Orgnr"),
        ("5,56E+09;A AB", "number_shortened", "Orgnr"),
        (f"{ONE};", "name_missing", "Namn"),
        (f"{ONE};A AB;Atlantis", "unknown_municipality", "Kommun"),
        (f"{ONE};A AB;Falun;inte", "wrong_email", "E-post"),
        (f"{ONE};A AB;Falun;;2024-02-30", "wrong_date", "Registrerad"),
        (f"{ONE};A AB;Falun;;2024-02-01;2023-01-01", "dates_reversed", "Avregistrerad"),
        (f"{ONE};A AB;Falun;;;;99999", "unknown_industry", "SNI"),
        (f"{ONE};A AB;Falun;;;;;x;y;z", "cells_too_many", ""),
        (f"{ONE};#REF!", "cell_error", "Namn"),
    ],
)
def test_each_fault_names_row_column_value_and_remedy(tmp_path, cells, kind, column):
    heading = "Orgnr;Namn;Kommun;E-post;Registrerad;Avregistrerad;SNI\n"
    _reading, (record,) = read(tmp_path, heading + cells + "\n")
    fault = record.faults[0]
    assert (fault.kind, fault.row, fault.column) == (kind, 2, column)
    for language in ("sv", "nb", "en"):
        assert fault.problem(language)
        assert fault.remedy(language)


def test_a_file_without_what_it_needs_is_said_to_lack_it(tmp_path):
    reading, records = read(tmp_path, "Färg;Form\nröd;rund\n")
    assert records == []
    fault = reading.faults[0]
    assert fault.kind == "register_columns"
    assert fault.text("sv").startswith("fil.csv: ingen kolumn känns igen som namn. ")
    assert fault.text("en").startswith("fil.csv: no column was recognised as name. ")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"\x1f\x8b broken"])
def test_a_faulty_file_is_called_what_people_call_it(tmp_path, content):
    kept = tmp_path / "67841e8ddf7f48e9.xlsx"
    kept.write_bytes(content)
    with pytest.raises(InputError) as refused:
        spreadsheet.read_sheet("organisations", kept, Given("Medlemmar 2024.xlsx", KNOWN, Into()))
    assert refused.value.faults[0].file == "Medlemmar 2024.xlsx"


def test_people_have_roles_and_a_legal_basis(tmp_path):
    content = (
        "Förnamn;Efternamn;E-post;Företag;Orgnr;Roll;Från;Rättslig grund\n"
        f"Kim;Berg;kim@stal.example;Stål AB;{ONE};vd;2020-01-01;avtal\n"
    )
    _reading, (record,) = read(tmp_path, content, kind="people", given_on="2024-01-01")
    assert record.values["name"] == "Kim Berg"
    assert record.values["role"] == {
        "number": ONE,
        "organisation": "Stål AB",
        "title": "vd",
        "since": "2020-01-01",
        "until": "",
    }
    assert record.values["basis"] == {
        "purpose": "contact",
        "basis": "contract",
        "given_on": "2024-01-01",
    }


def test_a_person_without_a_legal_basis_is_refused(tmp_path):
    _reading, (record,) = read(tmp_path, "Namn;E-post\nKim Berg;k@b.example\n", kind="people")
    assert [fault.kind for fault in record.faults] == ["basis_missing"]


BRREG = {
    "organisasjonsnummer": "923609016",
    "navn": "FJORDSTÅL AS",
    "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
    "naeringskode1": {"kode": "62.010", "beskrivelse": "Programmeringstjenester"},
    "antallAnsatte": 12,
    "forretningsadresse": {
        "adresse": ["Storgata 1", "2. etasje"],
        "postnummer": "5003",
        "poststed": "BERGEN",
        "kommunenummer": "4601",
    },
    "registreringsdatoEnhetsregisteret": "2019-10-20",
    "hjemmeside": "www.fjordstal.example",
}


def flat(one):
    found = {}
    for name, value in one.items():
        if isinstance(value, dict):
            for part, inner in value.items():
                found[f"{name}.{part}"] = ", ".join(inner) if isinstance(inner, list) else inner
        else:
            found[name] = value
    return found


def brreg(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    reading = read_brreg(path, Given(name, KNOWN, Into()))
    return reading, list(reading.records)


def test_enhetsregisteret_reads_the_same_as_csv_and_json_packed_or_not(tmp_path):
    one = flat(BRREG)
    head = ",".join(f'"{key}"' for key in one)
    line = ",".join(f'"{value}"' for value in one.values())
    as_csv = f"{head}\n{line}\n".encode()
    as_json = json.dumps([BRREG]).encode()
    embedded = json.dumps({"_embedded": {"enheter": [BRREG]}}).encode()
    readings = [
        brreg(tmp_path, as_csv, "a.csv"),
        brreg(tmp_path, as_json, "a.json"),
        brreg(tmp_path, embedded, "b.json"),
        brreg(tmp_path, gzip.compress(as_csv), "a.csv.gz"),
        brreg(tmp_path, gzip.compress(as_json), "a.json.gz"),
    ]
    told = [records[0].values for _reading, records in readings]
    assert all(one == told[0] for one in told)
    assert told[0]["number"] == "923609016"
    assert told[0]["municipality"] == "NO-4601"
    assert told[0]["street"] == "Storgata 1, 2. etasje"
    assert told[0]["industries"] == ["SN2007:62.010"]
    assert told[0]["size"] == "10-49"
    assert told[0]["website"] == "https://www.fjordstal.example"
    assert readings[0][0].titles == {"SN2007:62.010": "Programmeringstjenester"}


def test_underenheter_are_establishments_of_their_unit(tmp_path):
    sub = {
        "organisasjonsnummer": "923609016",
        "navn": "FJORDSTÅL AVD BERGEN",
        "overordnetEnhet": "974760673",
        "beliggenhetsadresse": {"kommunenummer": "4601", "poststed": "BERGEN"},
        "oppstartsdato": "2020-01-01",
    }
    _reading, (record,) = brreg(tmp_path, json.dumps([sub]).encode(), "under.json")
    assert record.subject == "establishment"
    assert record.values["organisation"] == "974760673"
    assert record.values["opened"] == "2020-01-01"


def test_a_unit_with_a_wrong_check_digit_is_refused_and_the_next_is_read(tmp_path):
    wrong = {**BRREG, "organisasjonsnummer": "923609017"}
    _reading, records = brreg(tmp_path, json.dumps([wrong, BRREG]).encode(), "a.json")
    assert [[f.kind for f in r.faults] for r in records] == [["number_check_digit"], []]


def test_json_that_breaks_off_says_so(tmp_path):
    with pytest.raises(InputError) as error:
        brreg(tmp_path, json.dumps([BRREG, BRREG]).encode()[:-40], "a.json")
    assert error.value.faults[0].kind == "wrong_json"


def test_bolagsverkets_cells_are_taken_apart(tmp_path):
    content = (
        "organisationsidentitet;organisationsnamn;organisationsform;registreringsdatum;postadress\n"
        f"{ONE}$ORGNR-IDORG;Stål AB$FORETAGSNAMN-ORGNAM$2001-01-01|Jarnet$SARSKILT-ORGNAM$2002;"
        "AB-ORGFO;2001-01-01;Gatan 1$$Falun$79130$SE-LAND\n"
    )
    _reading, (record,) = read(tmp_path, content, "bulk.txt", "bolagsverket")
    assert record.values["number"] == ONE
    assert record.values["name"] == "Stål AB"
    assert record.values["trade_names"] == ["Jarnet"]
    assert record.values["legal_form"] == "AB"
    assert (record.values["street"], record.values["postcode"]) == ("Gatan 1", "79130")


def test_scbs_establishments_bring_their_company(tmp_path):
    content = f"PeOrgNr\tFöretagsnamn\tCFAR\tBenämning\tKommun\n16{ONE}\tStål AB\t12345678\tVerket\t2080\n"
    _reading, (company, unit) = read(tmp_path, content, "scb.txt", "scb")
    assert (company.subject, company.context, company.values["name"]) == (
        "organisation",
        True,
        "Stål AB",
    )
    assert (unit.subject, unit.values["organisation"]) == ("establishment", ONE)
    assert unit.values["number"] == "12345678"


def test_boundaries_are_degrees_or_refused(tmp_path):
    square = [[[15.0, 60.0], [16.0, 60.0], [16.0, 61.0], [15.0, 60.0]]]
    metres = [[[515000.0, 6700000.0]] * 4]
    features = [
        {
            "type": "Feature",
            "properties": {"kommunkod": "2080", "kommunnamn": "Falun"},
            "geometry": {"type": "Polygon", "coordinates": shape},
        }
        for shape in (square, metres)
    ]
    path = tmp_path / "k.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    good, bad = read_boundaries(path, Given("k.geojson", KNOWN, Into())).records
    assert (good.key, good.values["name"]) == ("SE-2080", "Falun")
    assert (good.values["latitude"], good.values["longitude"]) == (60.5, 15.5)
    assert [fault.kind for fault in bad.faults] == ["not_degrees"]


def test_a_full_list_of_industries_is_read(tmp_path):
    content = "Kod;Benämning;Benämning en\n24.1;Järnframställning;Iron\nA;Jordbruk;Agriculture\n"
    _reading, records = read(tmp_path, content, kind="industries")
    assert [(r.key, r.values["titles"]) for r in records] == [
        ("SNI2007:24.1", {"sv": "Järnframställning", "en": "Iron"}),
        ("SNI2007:A", {"sv": "Jordbruk", "en": "Agriculture"}),
    ]
