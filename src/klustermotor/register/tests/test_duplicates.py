"""The search for duplicates, its page, and the pages on which two become one."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from klustermotor.core.jobs import run_job
from klustermotor.core.models import Job
from klustermotor.register.models import (
    DuplicateProposal,
    FormerNumber,
    Merge,
    NotTheSame,
    Organisation,
    OrganisationName,
    Person,
    SecrecyMark,
)
from klustermotor.register.services.duplicates import likely_newcomers, register_frame, scan
from klustermotor.register.services.merging import merge, tell_apart
from klustermotor.register.services.undoing import undo_act

AT = {"street": "Slaggatan 3", "postcode": "79171", "city": "Falun"}


@pytest.fixture
def twins(make_organisation, falun):
    """One company twice, the second time misspelt and without its number."""
    first = make_organisation("Gruvteknik i Falun AB", municipality=falun, **AT)
    second = make_organisation("Gruvtekik i Falun", number="", municipality=falun, **AT)
    make_organisation("Skogsbolaget AB", municipality=falun, city="Falun")
    return first, second


def test_a_search_proposes_pairs_with_their_reasons(twins):
    assert scan() == 1
    proposal = DuplicateProposal.objects.get()
    assert {proposal.left, proposal.right} == set(twins)
    assert proposal.probability > 0.95
    told = {comparison: level for comparison, level, _ in proposal.bars}
    assert told["name"] == "one_letter"
    assert told["address"] == "street_and_postcode"
    assert scan() == 1
    assert DuplicateProposal.objects.count() == 1


def test_two_companies_with_numbers_of_their_own_are_never_proposed(make_organisation):
    make_organisation("Gruvteknik AB", **AT)
    make_organisation("Gruvteknik AB", **AT)
    assert scan() == 0


def test_set_phrases_in_descriptions_make_nobody_alike(make_organisation):
    for trade in ("Bygg", "Film", "Papper", "Fritid", "Såg", "Kök"):
        for place in ("Falun", "Mora"):
            company = make_organisation(f"{trade} i {place} AB", number="")
            company.description = "Detta företag bedriver verksamhet inom handel. Egenartad"
            company.save()
    texts = register_frame()["text"].to_list()
    assert texts == [None] * 12
    scan()
    bars = [bar for one in DuplicateProposal.objects.all() for bar in one.bars]
    assert [bar for bar in bars if bar[0] == "text" and bar[1] != "other"] == []


def test_what_is_not_the_same_is_not_proposed_again_and_what_is_alike_no_more_goes(twins, users):
    scan()
    tell_apart(*twins, by=users["keeper"])
    assert scan() == 0
    assert DuplicateProposal.objects.get().state == "apart"
    NotTheSame.objects.all().delete()
    DuplicateProposal.objects.update(state="open")
    twins[1].name, twins[1].street = "Något annat", ""
    twins[1].save()
    assert scan() == 0
    assert DuplicateProposal.objects.count() == 0


def test_a_former_name_with_its_dates_finds_the_company(make_organisation, falun):
    renamed = make_organisation("Nykode AB", municipality=falun, city="Falun")
    OrganisationName.objects.create(
        organisation=renamed, name="Vaccibody AB", used_from=date(2006, 10, 10),
        used_to=date(2021, 5, 4),
    )  # fmt: skip
    make_organisation("Vaccibody", number="", municipality=falun, city="Falun")
    frame = register_frame()
    assert "Vaccibody AB (2006-10-10–2021-05-04)" in frame["former_names"].to_list()
    assert scan() == 1
    assert "Vaccibody AB (2006-10-10–2021-05-04)" in DuplicateProposal.objects.get().names


def test_the_search_is_a_job_that_says_what_it_does(twins, users, log_in):
    answer = log_in(users["keeper"]).post(reverse("duplicates_search"))
    job = Job.objects.get()
    assert answer.url == reverse("job", kwargs={"job_id": job.pk})
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"waiting": 1})


def test_the_page_shows_each_pair_with_its_bars_in_words(twins, users, log_in):
    scan()
    page = log_in(users["keeper"]).get(reverse("duplicates")).content.decode()
    assert "Gruvtekik i Falun" in page
    assert "samma gatuadress och postnummer" in page.lower()
    assert "waterfall__for" in page
    assert page.count("<rect") == len(DuplicateProposal.objects.get().bars)


def test_the_page_asks_as_many_questions_for_many_pairs_as_for_one(
    twins, users, log_in, make_organisation, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    scan()
    client = log_in(users["keeper"])
    client.get(reverse("duplicates"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("duplicates"))
    for n, word in enumerate(("Aspen", "Björken", "Cedern", "Enen", "Furan", "Granen", "Hasseln")):
        for name in (f"{word} AB", word):
            make_organisation(name, number="", street=f"{word}gatan {n}", postcode=f"7917{n}")
    assert scan() == 8
    with django_assert_num_queries(len(few)):
        client.get(reverse("duplicates"))


def test_an_empty_page_says_what_to_do_first(users, log_in):
    page = log_in(users["keeper"]).get(reverse("duplicates")).content.decode()
    assert reverse("duplicates_search") in page
    assert 'class="empty"' in page


def test_pairs_can_be_sorted_and_taken_as_a_file(twins, users, log_in):
    scan()
    client = log_in(users["keeper"])
    for sort in ("probability", "-found"):
        assert client.get(reverse("duplicates"), {"sort": sort}).status_code == 200
    answer = client.get(reverse("duplicates"), {"format": "csv"})
    assert "Gruvtekik" in b"".join(answer.streaming_content).decode()


def test_a_pair_of_which_one_is_secret_is_not_shown(twins, users, log_in):
    scan()
    SecrecyMark.objects.create(
        model="register.organisation", row=twins[1].pk, legal_ground="OSL 30:23",
        decided_by="Chef", decided_on=date(2024, 1, 1),
    )  # fmt: skip
    client = log_in(users["keeper"])
    assert "Gruvtekik" not in client.get(reverse("duplicates")).content.decode()
    address = reverse(
        "company_merge_with", kwargs={"organisation": twins[0].pk, "other": twins[1].pk}
    )
    assert client.get(address).status_code == 404


def test_not_the_same_and_back_again(twins, users, log_in):
    scan()
    proposal = DuplicateProposal.objects.get()
    client = log_in(users["keeper"])
    client.post(reverse("duplicate_apart", kwargs={"proposal": proposal.pk}))
    assert NotTheSame.objects.count() == 1
    page = client.get(reverse("duplicates")).content.decode()
    undo = reverse("duplicate_reopen", kwargs={"proposal": proposal.pk})
    assert undo in page
    client.post(undo)
    assert NotTheSame.objects.count() == 0
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_two_are_compared_field_by_field_and_merged_as_chosen(twins, users, log_in):
    first, second = twins
    Organisation.objects.filter(pk=second.pk).update(phone="023-1", website="https://g.example")
    client = log_in(users["keeper"])
    address = reverse("company_merge_with", kwargs={"organisation": first.pk, "other": second.pk})
    page = client.get(address).content.decode()
    assert 'name="name" value="kept" checked' in page
    assert 'name="phone" value="other" checked' in page
    answer = client.post(address, {"name": "other", "phone": "other", "website": "kept"})
    assert answer.url == reverse("company", kwargs={"organisation": first.pk})
    first.refresh_from_db()
    assert (first.name, first.phone, first.website) == ("Gruvtekik i Falun", "023-1", "")
    assert first.other_names.get().name == "Gruvteknik i Falun AB"
    page = client.get(answer.url).content.decode()
    assert reverse("merge_undo", kwargs={"merge": Merge.objects.get().pk}) in page


def test_old_addresses_lead_to_what_is_left_and_back_after_undo(twins, users, log_in):
    first, second = twins
    gone = reverse("company", kwargs={"organisation": second.pk})
    record = merge(first, second, [], by=users["keeper"])
    client = log_in(users["keeper"])
    answer = client.get(gone)
    assert (answer.status_code, answer.url) == (
        302,
        reverse("company", kwargs={"organisation": first.pk}),
    )
    assert client.get(f"{gone}/history").url == answer.url
    client.post(reverse("merge_undo", kwargs={"merge": record.pk}))
    assert client.get(gone).status_code == 200


def test_an_outsider_is_not_led_anywhere(twins, users, log_in, client):
    first, second = twins
    gone = reverse("company", kwargs={"organisation": second.pk})
    merge(first, second, [], by=users["keeper"])
    assert client.get(gone).status_code == 302
    assert "login" in client.get(gone).url


def test_a_merge_that_cannot_be_undone_says_why(twins, users, log_in):
    first, second = twins
    Organisation.objects.filter(pk=second.pk).update(phone="023-1")
    second.refresh_from_db()
    record = merge(first, second, ["phone"], by=users["keeper"])
    Organisation.objects.filter(pk=first.pk).update(phone="070")
    client = log_in(users["keeper"])
    address = reverse("merge", kwargs={"merge": record.pk})
    page = client.get(address).content.decode()
    assert reverse("merge_undo", kwargs={"merge": record.pk}) not in page
    client.post(reverse("merge_undo", kwargs={"merge": record.pk}))
    assert Organisation.objects.count() == 2


def test_the_merge_is_taken_back_from_the_history_as_any_other_change(twins, users):
    first, second = twins
    key = second.pk
    record = merge(first, second, [], by=users["keeper"])
    undo_act(Organisation, first.pk, record.at, by=users["keeper"])
    assert Organisation.objects.filter(pk=key).exists()
    record.refresh_from_db()
    assert record.undone_at is not None


def test_the_other_one_is_looked_up_by_name_earlier_name_and_number(twins, users, log_in):
    first, second = twins
    OrganisationName.objects.create(organisation=second, name="Dalborr")
    FormerNumber.objects.create(organisation=second, number="5560360793")
    client = log_in(users["keeper"])
    address = reverse("company_merge", kwargs={"organisation": first.pk})
    for text in ("gruvtek", "dalborr", "556036-0793"):
        assert "Gruvtekik" in client.get(address, {"text": text}).content.decode()
    scan()
    assert "Gruvtekik" in client.get(address).content.decode()


def test_people_are_merged_on_their_own_pages(users, log_in, make_person):
    kept, other = make_person("Kim Berg"), make_person("K. Berg", email="kim@b.example")
    client = log_in(users["keeper"])
    page = client.get(reverse("person_merge", kwargs={"person": kept.pk}), {"text": "berg"})
    assert "K. Berg" in page.content.decode()
    address = reverse("person_merge_with", kwargs={"person": kept.pk, "other": other.pk})
    client.post(address, {"email": "other"})
    kept.refresh_from_db()
    assert kept.email == "kim@b.example"
    assert Person.objects.count() == 1
    gone = reverse("person", kwargs={"person": other.pk})
    assert client.get(gone).url == reverse("person", kwargs={"person": kept.pk})


@pytest.mark.parametrize("role", ["reader", "outsider"])
def test_who_may_not_change_the_register_merges_nothing(role, twins, users, log_in):
    client = log_in(users[role])
    address = reverse(
        "company_merge_with", kwargs={"organisation": twins[0].pk, "other": twins[1].pk}
    )
    assert client.get(reverse("duplicates")).status_code == 403
    assert client.post(reverse("duplicates_search")).status_code == 403
    assert client.post(address).status_code == 403
    assert Organisation.objects.count() == 3


def test_what_has_been_merged_is_listed(twins, users, log_in):
    merge(*twins, [], by=users["keeper"])
    page = log_in(users["keeper"]).get(reverse("merges")).content.decode()
    assert "Gruvtekik i Falun" in page
    assert timezone.localdate().isoformat() in page


def test_links_from_an_export_of_the_register_use_former_names(
    make_organisation, tmp_path, monkeypatch, capsys
):
    """What the register knows of earlier names finds the company in a file of somebody's."""
    renamed = make_organisation("Nykode AB", city="Falun")
    OrganisationName.objects.create(
        organisation=renamed, name="Vaccibody AB", used_to=date(2021, 5, 4)
    )
    register_frame().write_csv(tmp_path / "register.csv")
    (tmp_path / "list.csv").write_text("id,name,city\n1,VACCIBODY,FALUN\n", "utf-8")
    out = tmp_path / "links.csv"
    call_command("link", str(tmp_path / "list.csv"), str(tmp_path / "register.csv"), out=out)
    line = out.read_text("utf-8").splitlines()[1]
    assert line.startswith(f"1,{renamed.pk},")
    assert "tidigare namn Vaccibody AB (–2021-05-04)" in line


@dataclass(frozen=True)
class Row:
    """A row of a load, as the services of loading tell it."""

    row: int
    name: str
    number: str = ""
    municipality: str = ""
    street: str = ""
    postcode: str = ""


def test_rows_of_a_load_that_look_like_a_known_company_are_told_with_the_reason(
    make_organisation, falun
):
    known = make_organisation("Gruvteknik i Falun AB", municipality=falun, **AT)
    renamed = make_organisation("Nykode AB", municipality=falun)
    OrganisationName.objects.create(organisation=renamed, name="Vaccibody AB")
    found = likely_newcomers(
        [
            Row(2, "Gruvtekik i Falun", "", falun.pk, "Slaggatan 3", "791 71"),
            Row(3, "Något helt annat", "", falun.pk),
            Row(4, "Vaccibody", "", falun.pk),
            Row(5, "Gruvteknik i Falun AB", "5560360793", falun.pk),
        ]
    )
    assert [(one.row, one.organisation) for one in found] == [
        (2, known.pk.hex),
        (4, renamed.pk.hex),
    ]
    assert "namnen skiljer sig i en bokstav" in found[0].reason
    assert "tidigare namn Vaccibody AB" in found[1].reason
    assert likely_newcomers([]) == []
