"""The pages of loading: upload, look, choose, apply, undo; who may, and how many queries it takes."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from klustermotor.core.jobs import run_job
from klustermotor.register.models import Load, Municipality, Organisation
from klustermotor.register.services.provenance import correct
from klustermotor.register.tests.loads import csv
from klustermotor.register.tests.test_loading import HEADING, NUMBERS, rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def keeper(users: Any, log_in: Any) -> Any:
    return log_in(users["keeper"])


def sent(client: Any, content: str | bytes, kind: str = "organisations", **options: str) -> Load:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("företag.csv", raw)
    response = client.post(f"/companies/loads/new/{kind}", {"file": file, **options})
    assert response.status_code == 302, response.content.decode()
    return Load.objects.latest("created_at")


def done(load: Load) -> Load:
    load.refresh_from_db()
    assert load.job is not None
    run_job(load.job_id)
    load.refresh_from_db()
    load.job.refresh_from_db()
    assert load.job.state == "done", load.job.error
    return load


def test_a_file_is_looked_at_applied_and_undone(falun: Municipality, keeper: Any) -> None:
    load = sent(keeper, csv(HEADING, rows()), source="Faluns lista")
    address = reverse("register_load", args=[load.pk])
    page = keeper.get(address).content.decode()
    assert "företag.csv" in page
    assert "Faluns lista" in page
    assert "Genomför" in page
    assert Organisation.objects.count() == 0

    keeper.post(f"{address}/apply")
    assert "Väntar på sin tur" in keeper.get(address).content.decode()
    assert done(load).state == "applied"
    assert Organisation.objects.count() == 3
    page = keeper.get(f"{address}?fate=created").content.decode()
    assert f"/companies/{Organisation.objects.get(number=NUMBERS[0]).pk}" in page

    keeper.post(f"{address}/undo")
    assert done(load).state == "undone"
    assert Organisation.objects.count() == 0


def test_each_refused_row_says_what_is_wrong_and_what_would_be_right(
    falun: Municipality, keeper: Any
) -> None:
    bad = ["5560360794", "Fel AB", "", "", "", "Atlantis"]
    load = sent(keeper, csv(HEADING, [*rows(1), bad]))
    page = keeper.get(reverse("register_load", args=[load.pk])).content.decode()
    assert "kontrollsiffran stämmer inte" in page
    assert "är ingen kommun som är känd här" in page
    assert "Genomför de godkända raderna" in page
    assert '<th scope="row">Stål 0 AB' not in page  # the refused rows are shown first

    file = keeper.get(reverse("register_load_refused", args=[load.pk]))
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[:4] == ["Rad", "Vad som är fel", "Vad som vore rätt", HEADING[0]]
    assert lines[1].startswith("3;")
    assert lines[1].endswith("5560360794;Fel AB;;;;Atlantis")
    assert len(lines) == 2


def test_a_column_can_be_read_as_something_else(falun: Municipality, keeper: Any) -> None:
    content = csv(["Nr", "Vad", "Kommun"], [[NUMBERS[0], "Stålverket", "Falun"]])
    load = sent(keeper, content)
    address = reverse("register_load", args=[load.pk])
    assert load.preview["faults"]
    assert "ingen kolumn känns igen" in keeper.get(address).content.decode()
    keeper.post(f"{address}/columns", {"as-0": "number", "as-1": "name", "as-2": "municipality"})
    load.refresh_from_db()
    assert load.preview["counts"]["created"] == 1


def test_two_columns_cannot_be_the_same(falun: Municipality, keeper: Any) -> None:
    load = sent(keeper, csv(HEADING, rows(1)))
    address = reverse("register_load", args=[load.pk])
    keeper.post(f"{address}/columns", {"as-0": "name", "as-1": "name"})
    load.refresh_from_db()
    assert load.columns is None


def test_a_held_back_row_is_shown_and_can_be_taken(
    falun: Municipality, users: Any, keeper: Any
) -> None:
    load = sent(keeper, csv(HEADING, rows(1)))
    keeper.post(f"/companies/loads/{load.pk}/apply")
    done(load)
    one = Organisation.objects.get()
    correct(one, {"street": "Rätta gatan 5"}, by=users["keeper"])
    one.save()
    load = sent(keeper, csv(HEADING, rows(1, street="Nya gatan")))
    address = reverse("register_load", args=[load.pk])
    page = keeper.get(address).content.decode()
    assert "Rätta gatan 5 står kvar, filen har Nya gatan 0" in page
    keeper.post(f"{address}/take", {"row": "2"})
    load.refresh_from_db()
    assert load.preview["counts"]["changed"] == 1


def test_a_put_aside_file_changes_nothing(falun: Municipality, keeper: Any) -> None:
    load = sent(keeper, csv(HEADING, rows(1)))
    keeper.post(f"/companies/loads/{load.pk}/discard")
    assert not Load.objects.exists()


def test_cancelled_work_leaves_the_register_as_it_was(falun: Municipality, keeper: Any) -> None:
    load = sent(keeper, csv(HEADING, rows(2)))
    address = reverse("register_load", args=[load.pk])
    keeper.post(f"{address}/apply")
    keeper.post(f"{address}/cancel")
    load.refresh_from_db()
    assert load.job is not None
    assert load.job.state == "cancelled"
    run_job(load.job_id)
    assert Organisation.objects.count() == 0
    assert "Avbrutet" in keeper.get(address).content.decode()


def test_who_only_reads_the_register_loads_nothing(users: Any, log_in: Any) -> None:
    for role in ("reader", "outsider"):
        client = log_in(users[role])
        for address in ("/companies/loads", "/companies/loads/new", "/companies/loads/new/people"):
            assert client.get(address).status_code == 403


def test_the_list_of_loads_takes_the_same_queries_for_many(
    falun: Municipality, keeper: Any, django_assert_num_queries: Any
) -> None:
    load = sent(keeper, csv(HEADING, rows(1)))
    for _ in range(20):
        load.pk = None
        load._state.adding = True
        load.save()
    with django_assert_num_queries(6):
        page = keeper.get("/companies/loads").content.decode()
    assert page.count("företag.csv") == 21


def test_the_page_of_a_load_takes_few_queries_for_many_rows(
    falun: Municipality, keeper: Any, django_assert_max_num_queries: Any
) -> None:
    load = sent(keeper, csv(HEADING, rows(20)))
    with django_assert_max_num_queries(8):
        page = keeper.get(f"/companies/loads/{load.pk}?fate=created").content.decode()
    assert page.count("Stål") >= 20


def test_the_rows_of_a_load_can_be_searched(falun: Municipality, keeper: Any) -> None:
    load = sent(keeper, csv(HEADING, rows(20)))
    page = keeper.get(f"/companies/loads/{load.pk}?fate=&q=Stål+17").content.decode()
    assert "Stål 17 AB" in page
    assert "Stål 16 AB" not in page


def test_a_junk_kind_is_not_found(keeper: Any) -> None:
    assert keeper.get("/companies/loads/new/junk").status_code == 404
