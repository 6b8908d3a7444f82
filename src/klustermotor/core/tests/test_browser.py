import pytest
from django.test import override_settings
from django.urls import path

from klustermotor.config import urls as site
from klustermotor.core.jobs import job_kind
from klustermotor.core.models import Job, User
from klustermotor.core.testing.browser import WIDTHS, assert_accessible, assert_fits
from klustermotor.core.views.design import design

urlpatterns = [path("design", design), *site.urlpatterns]
handler403, handler404 = site.handler403, site.handler404
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@job_kind("test.browser", label="Prov")
def nothing(run):
    return {}


@pytest.fixture
def eva():
    return User.objects.create_user("eva@exempel.se", "hemligt-1948", name="Eva Ek")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@override_settings(ROOT_URLCONF=__name__)
def test_the_design_page_is_accessible_and_fits(visit, eva, width, dark):
    page = visit("/design", width=width, user=eva, dark=dark)
    assert_fits(page)
    assert_accessible(page)


def test_the_code_of_a_second_step_can_be_scanned_in_the_dark(visit, eva):
    page = visit("/account/login/", dark=True, width=390)
    page.fill("[name=login]", "eva@exempel.se")
    page.fill("[name=password]", "hemligt-1948")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("details.menu")
    page.goto("/account/mfa/totp/activate/")
    page.fill("[name=password]", "hemligt-1948")  # asked again before anything so weighty
    page.press("[name=password]", "Enter")
    page.wait_for_selector("img.qr")
    assert_accessible(page)
    colour = "node => getComputedStyle(node).backgroundColor"
    assert page.locator("img.qr").evaluate(colour) == "rgb(255, 255, 255)"
    secret = page.locator("#authenticator_secret")
    assert secret.evaluate("node => node.scrollWidth <= node.clientWidth"), "all of it is read"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_user_logs_in_and_reads_the_settings(visit, eva, width):
    page = visit("/account/login/", width=width)
    assert_accessible(page)
    page.fill("[name=login]", "eva@exempel.se")
    page.fill("[name=password]", "hemligt-1948")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("details.menu")
    for address in (
        "/account/settings",
        "/jobs",
        "/search?q=",
        "/account/password/change/",
        "/account/mfa/",
        "/account/mfa/totp/activate/",
    ):
        page.goto(address)
        assert_fits(page)
        assert_accessible(page)


def test_the_bar_of_a_running_job_moves_and_ends_by_itself(visit, eva):
    job = Job.objects.create(kind="test.browser", title="Rapport", owner=eva, state="running")
    page = visit(f"/jobs/{job.pk}", user=eva)
    Job.objects.filter(pk=job.pk).update(progress=40)
    page.wait_for_selector("progress[value='40']")
    assert_accessible(page)
    Job.objects.filter(pk=job.pk).update(state="done", progress=100)
    page.wait_for_selector(".notice--good")


def test_a_job_page_works_without_javascript(visit, eva):
    job = Job.objects.create(kind="test.browser", title="Rapport", owner=eva, state="running")
    page = visit(f"/jobs/{job.pk}", user=eva, javascript=False)
    Job.objects.filter(pk=job.pk).update(state="done", progress=100)
    page.click("[data-no-js]")
    page.wait_for_selector(".notice--good")


def test_slash_focuses_the_search_box(visit, eva):
    page = visit("/jobs", user=eva)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_leaving_with_unsaved_changes_asks(visit, eva):
    page = visit("/account/settings", user=eva)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.type("[name=name]", "x")
    page.goto("/jobs")
    assert asked == ["beforeunload"]
