"""The administrator's pages of requests, controllers, texts of consent, retention and secrecy."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from klustermotor.core.jobs import run_job
from klustermotor.core.models import (
    Controller,
    DataRequest,
    Erasure,
    Job,
    ProcessingText,
    RetentionRule,
)
from klustermotor.register.models import (
    ConsentText,
    LegalBasis,
    Note,
    Person,
    PersonRole,
    SecrecyMark,
)
from klustermotor.register.services.secrecy import mark_secret

TODAY = timezone.localdate()


@pytest.fixture
def admin(users, log_in):
    return log_in(users["administrator"])


@pytest.fixture
def kim(make_person):
    return make_person("Kim Berg", email="kim@berg.example")


@pytest.fixture
def controller(db):
    return Controller.objects.create(name="Region Dalarna", kind="public", is_default=True)


def text_of(response) -> str:
    return response.content.decode()


def test_a_request_is_due_within_a_month_and_holds_no_address(admin, kim):
    done = admin.post(
        "/privacy/requests/new",
        {
            "kind": "erasure",
            "email": "KIM@berg.example",
            "received_on": "2026-01-31",
            "reference": "D-1",
        },
    )
    one = DataRequest.objects.get()
    assert done.url == reverse("data_request", args=[one.pk])
    assert (one.due_on, one.subject, one.subject_model) == (
        date(2026, 2, 28),
        str(kim.pk),
        "register.person",
    )
    page = text_of(admin.get(done.url))
    assert reverse("person_erase", args=[kim.pk]) in page
    assert "försenad" in text_of(admin.get("/privacy/requests"))
    assert "kim@" not in "".join(str(value) for value in DataRequest.objects.values_list().get())


def test_a_request_for_an_unknown_address_or_a_day_to_come_is_answered_at_the_field(admin, kim):
    data = {"kind": "extract", "email": "nobody@example.org", "received_on": str(TODAY)}
    assert "Ingen här har den adressen." in text_of(admin.post("/privacy/requests/new", data))
    data = {"kind": "extract", "received_on": str(TODAY + timedelta(days=1))}
    assert "Den dagen har inte varit än." in text_of(admin.post("/privacy/requests/new", data))
    assert not DataRequest.objects.exists()


def test_a_request_is_extended_once_and_for_a_reason(admin, users):
    one = DataRequest.objects.create(
        kind="extract", received_on=date(2026, 1, 31), due_on=date(2026, 2, 28)
    )
    address = reverse("data_request_extend", args=[one.pk])
    assert admin.post(address, {"extension_reason": " "}).status_code == 422
    admin.post(address, {"extension_reason": "Många register."})
    one.refresh_from_db()
    assert (one.due_on, one.extension_reason) == (date(2026, 4, 30), "Många register.")
    assert address not in text_of(admin.get(reverse("data_request", args=[one.pk])))


def test_a_request_is_refused_only_with_a_reason(admin):
    one = DataRequest.objects.create(
        kind="erasure", received_on=date(2026, 1, 31), due_on=date(2026, 2, 28)
    )
    address = reverse("data_request", args=[one.pk])
    data = {"state": "refused", "answered_on": str(TODAY), "answer": ""}
    assert "Skriv varför begäran avslogs." in text_of(admin.post(address, data))
    admin.post(address, {**data, "answer": "Arkivlagen."})
    one.refresh_from_db()
    assert (one.state, one.answer) == ("refused", "Arkivlagen.")
    admin.post(address, {"state": "answered", "answered_on": str(TODAY)})
    one.refresh_from_db()
    assert one.state == "refused", "what is answered stays so"


def test_the_first_controller_answers_where_no_other_does_and_gives_way_to_a_new_one(admin, falun):
    data = {"name": "Regionen", "kind": "public", "country": "SE"}
    admin.post("/privacy/controllers/new", data)
    first = Controller.objects.get()
    assert first.is_default
    admin.post(
        "/privacy/controllers/new",
        {**data, "name": "Falu kommun", "is_default": "on", "municipalities": [falun.pk]},
    )
    first.refresh_from_db()
    second = Controller.objects.get(name="Falu kommun")
    falun.refresh_from_db()
    assert (first.is_default, second.is_default, falun.controller) == (False, True, second)
    admin.post(reverse("controller", args=[second.pk]), {**data, "name": "Falu kommun"})
    second.refresh_from_db()
    falun.refresh_from_db()
    assert (second.is_default, falun.controller) == (True, None), "one always answers"


def test_a_change_of_a_consent_text_is_a_new_version(admin):
    address = reverse("consent_text", args=["news"])
    data = {"text_sv": "Ja tack.", "text_nb": "Ja takk.", "text_en": "Yes, please."}
    admin.post(address, data)
    admin.post(address, data)
    assert ConsentText.objects.count() == 3
    admin.post(address, {**data, "text_en": "Yes."})
    assert ConsentText.objects.filter(version=2).count() == 3
    assert admin.get(reverse("consent_text", args=["war"])).status_code == 404


def test_a_rule_shows_row_by_row_what_would_go_and_goes_only_by_decision(
    admin, controller, kim, make_person
):
    controller.kind = "private"
    controller.save()
    old = timezone.now() - timedelta(days=1100)
    Person.objects.filter(pk=kim.pk).update(created_at=old)
    make_person("Ny Person")
    address = reverse("retention_rule", args=["people"])
    page = text_of(admin.get(address))
    assert "1 rad skulle gallras nu" in page
    assert "Kim Berg" in page and "Ny Person" not in page
    apply = reverse("retention_apply", args=["people"])
    assert apply not in page
    assert admin.post(apply).url == address
    assert not Job.objects.exists()
    faulty = {"months": 24, "is_active": "on"}
    assert admin.post(address, faulty).status_code == 422
    admin.post(
        address,
        {"months": 24, "decision_number": "RD 1", "decided_on": "2026-01-01", "decided_by": "RS"},
    )
    assert RetentionRule.objects.get().is_decided
    assert apply in text_of(admin.get(address))
    admin.post(apply)
    run_job(Job.objects.get().pk)
    assert [person.name for person in Person.objects.all()] == ["Ny Person"]
    assert "RD 1" in text_of(admin.get("/privacy/retention"))


def test_the_record_of_processing_says_our_words_until_the_controller_writes_own(admin, controller):
    assert "Att känna regionens företag" in text_of(admin.get("/privacy/processing"))
    admin.post(
        reverse("processing_text", args=["register"]), {"purpose": "Att stärka näringslivet."}
    )
    assert ProcessingText.objects.get().language == "sv"
    page = text_of(admin.get("/privacy/processing"))
    assert "Att stärka näringslivet." in page
    assert "Att känna regionens företag" not in page
    for suffix, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!do")):
        file = admin.get(reverse("processing_file", args=[suffix]))
        assert file.content.startswith(start)
    html = text_of(admin.get(reverse("processing_file", args=["html"])))
    assert "Region Dalarna" in html and "Att stärka näringslivet." in html
    assert "written at" not in html and "told_at" not in html


def test_a_mark_is_set_on_a_page_and_hides_the_company_from_others(
    admin, users, make_organisation, client, log_in
):
    company = make_organisation("Hemliga AB")
    address = reverse("secrecy_mark", args=["register.organisation", company.pk])
    data = {"legal_ground": "OSL 30 kap. 23 §", "decided_by": "Chefen", "decided_on": "2026-03-01"}
    assert "skulle upphöra" in text_of(admin.post(address, {**data, "until": "2026-02-01"}))
    admin.post(address, data)
    mark = SecrecyMark.objects.get()
    assert "Hemliga AB" in text_of(admin.get("/privacy/secrecy"))
    assert "OSL 30 kap. 23" in text_of(admin.get(reverse("company", args=[company.pk])))
    reader = log_in(users["reader"])
    assert "Hemliga AB" not in text_of(reader.get("/companies"))
    exported = reader.get("/companies?format=csv")
    assert b"Hemliga AB" not in b"".join(exported.streaming_content)
    assert reader.get(reverse("company", args=[company.pk])).status_code in (403, 404)
    admin = log_in(users["administrator"])
    admin.post(reverse("secrecy_lift", args=[mark.pk]))
    reader = log_in(users["reader"])
    assert "Hemliga AB" in text_of(reader.get("/companies"))


def test_a_mark_is_set_on_nothing_that_is_not_there(admin, kim):
    for model, row in (("register.nothing", kim.pk), ("register.person", Erasure().pk)):
        assert admin.get(f"/privacy/secrecy/{model}/{row}").status_code == 404
    assert admin.get(f"/privacy/secrecy/core.user/{kim.pk}").status_code == 404


def test_legal_bases_are_noted_and_ended_on_the_persons_page(users, log_in, kim):
    keeper = log_in(users["keeper"])
    page_address = reverse("person", args=[kim.pk])
    address = reverse("basis_grant", args=[kim.pk])
    assert address in text_of(keeper.get(page_address))
    data = {"purpose": "contact", "basis": "contract", "given_on": str(TODAY)}
    assert keeper.post(address, {**data, "next": page_address}).url == page_address
    basis = LegalBasis.objects.get()
    assert keeper.post(address, {**data, "next": "https://evil.example/"}).url == "/"
    assert LegalBasis.objects.count() == 1
    refused = keeper.post(address, {**data, "purpose": "news", "basis": "consent"})
    assert refused.status_code == 422
    assert "ingen text att samtycka till" in text_of(refused)
    keeper.post(reverse("basis_withdraw", args=[basis.pk]))
    basis.refresh_from_db()
    assert basis.withdrawn_on == TODAY
    reader = log_in(users["reader"])
    assert address not in text_of(reader.get(page_address))


def test_one_basis_is_noted_for_all_who_lack_one(admin, make_person):
    for number in range(3):
        make_person(f"Person {number}")
    data = {"purpose": "contact", "basis": "public_interest", "given_on": str(TODAY)}
    assert "Person 2" in text_of(admin.get("/privacy/legal-bases"))
    admin.post("/privacy/legal-bases", data)
    assert LegalBasis.objects.count() == 3
    assert "Alla har en rättslig grund" in text_of(admin.get("/privacy/legal-bases"))
    assert "Person 2" in text_of(admin.get("/privacy/legal-bases?purpose=news"))


def test_an_erasure_needs_a_search_a_controller_and_the_name(admin, users, kim):
    address = reverse("person_erase", args=[kim.pk])
    assert "Ingen personuppgiftsansvarig är angiven än." in text_of(admin.get(address))
    admin.post(address, {"name": "Kim Berg"})
    assert Person.objects.filter(pk=kim.pk).exists()
    Controller.objects.create(name="Föreningen", kind="private", is_default=True)
    admin.post(address, {"name": "Kim Berg"})
    assert not Job.objects.exists()
    admin.post(address, {"search": "1"})
    run_job(Job.objects.get().pk)
    assert admin.post(address, {"name": "Kim"}).status_code == 422
    assert Job.objects.count() == 1
    done = admin.post(address, {"name": "Kim Berg"})
    job = Job.objects.get(kind="privacy.erase")
    assert done.url == reverse("job", args=[job.pk])
    run_job(job.pk)
    assert not Person.objects.filter(pk=kim.pk).exists()


def test_what_the_reviewer_leaves_unticked_stays(admin, kim, make_organisation):
    Controller.objects.create(name="Föreningen", kind="private", is_default=True)
    company = make_organisation("Trä AB", description="Kim Berg är vd.")
    note = Note.objects.create(organisation=company, text="Kim Berg ringde.")
    address = reverse("person_erase", args=[kim.pk])
    admin.post(address, {"search": "1"})
    run_job(Job.objects.get().pk)
    place = f"register.note/{note.pk}/text"
    assert place in text_of(admin.get(address))
    admin.post(address, {"name": "Kim Berg", "strike": [place]})
    run_job(Job.objects.get(kind="privacy.erase").pk)
    company.refresh_from_db()
    note.refresh_from_db()
    assert (company.description, note.text) == ("Kim Berg är vd.", "[raderad] ringde.")
    assert Erasure.objects.get().left == [f"register.organisation/{company.pk}/description"]


def test_the_preview_says_what_a_public_body_keeps_and_by_which_law(admin, kim, controller):
    Note.objects.create(person=kim, text="Ville ha lokal.")
    page = text_of(admin.get(reverse("person_erase", args=[kim.pk])))
    assert "Ville ha lokal." in page
    assert "arkivlagen (1990:782)" in page
    assert "bevaras" in page


def test_a_company_that_is_no_sole_trader_has_no_rights_of_a_person(admin, make_organisation):
    company = make_organisation("Trä AB")
    trader = make_organisation("Bo Ek", is_sole_trader=True)
    assert admin.get(reverse("sole_trader_privacy", args=[company.pk])).status_code == 404
    assert admin.get(reverse("sole_trader_privacy", args=[trader.pk])).status_code == 200


def test_the_lists_take_few_queries_however_long(
    admin, users, make_organisation, django_assert_max_num_queries
):
    for number in range(30):
        company = make_organisation(f"Bolag {number}")
        mark_secret(
            company,
            legal_ground="OSL 30 kap. 23 §",
            decided_by="Chefen",
            decided_on=TODAY,
            by=users["administrator"],
        )
        person = Person.objects.create(name=f"Person {number}")
        PersonRole.objects.create(person=person, organisation=company)
        Erasure.objects.create(
            subject_model="register.person", subject=str(number), at=timezone.now()
        )
        DataRequest.objects.create(kind="extract", received_on=TODAY, due_on=TODAY)
    for name in ("secrecy_marks", "without_basis", "erasures", "data_requests", "privacy"):
        with django_assert_max_num_queries(14):
            assert admin.get(reverse(name)).status_code == 200


def test_the_demonstration_names_a_controller_and_texts_once(users):
    from klustermotor.register.demonstration import law

    for _again in range(2):
        law.load(users)
    assert Controller.objects.get().is_default
    assert "demonstration" in Controller.objects.get().name
    assert ConsentText.objects.count() == 6
    Controller.objects.all().delete()
    law.load(users)
    assert not Controller.objects.exists(), "what somebody deleted stays so"
