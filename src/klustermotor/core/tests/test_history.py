"""One act, one moment: what is written together is found together."""

import pytest

from klustermotor.core.history import acting, bulk_update
from klustermotor.core.models import User

pytestmark = pytest.mark.django_db


def test_all_that_an_act_writes_bears_its_moment_its_user_and_its_code():
    admin = User.objects.create_superuser("admin@example.org", name="Admin")
    kim = User.objects.create_user("kim@example.org", name="Kim")
    lee = User.objects.create_user("lee@example.org", name="Lee")
    with acting(admin, "user.renamed") as act:
        kim.name = "Kim Berg"
        kim.save()
        lee.name = "Lee Berg"
        bulk_update([lee], User, ["name"])
    latest = [user.history.first() for user in (kim, lee)]
    assert [(r.history_date, r.history_user, r.history_change_reason) for r in latest] == [
        (act.at, admin, "user.renamed")
    ] * 2
    assert [r.prev_record.name for r in latest] == ["Kim", "Lee"]


def test_a_row_saved_after_the_act_bears_its_own_moment():
    kim = User.objects.create_user("kim@example.org", name="Kim")
    with acting(None, "user.renamed") as act:
        kim.save()
    kim.save()
    assert kim.history.first().history_date > act.at
