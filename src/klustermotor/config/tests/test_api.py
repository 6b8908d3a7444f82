"""Every call of the API, made by every role's key; and what keys, scopes and versions guard."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klustermotor.config.api import document, operations
from klustermotor.config.tests.addresses import calls
from klustermotor.core.api import scopes
from klustermotor.core.api.keys import make_token, revoke_token
from klustermotor.core.models import ApiToken, User
from klustermotor.core.testing.access import LOGGED_IN, ROLES, World
from klustermotor.register.models import Organisation, Source, SourcedValue
from klustermotor.register.queries.listing import organisations_for

API = "/api/v1"
CONVERTER = re.compile(r"\{\w+:(\w+)\}")


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def key_of(user: User, *only: str) -> str:
    return make_token(user, "Prov", only or list(scopes()), 30)[1]


def plain(path: str) -> str:
    """A path without its converters: ``/people/{person}``."""
    return CONVERTER.sub(r"{\1}", path)


class Caller:
    """Calls with a key, as a program would: without cookies."""

    def __init__(self, key: str) -> None:
        self.client, self.key = Client(enforce_csrf_checks=True), key

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.key}", **headers}
        return self.client.generic(
            method,
            f"{API}{path}",
            data=b"" if body is None else _json(body),
            content_type="application/json",
            headers=sent,
        )


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.fixture
def call(world: World) -> Caller:
    """Calls as staff."""
    return Caller(key_of(world.users["staff"]))


def path_of(path: str, world: World) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: str(world.arguments[m[1]]), path)


def test_every_call_has_a_rule_a_scope_and_a_row() -> None:
    there = {}
    for method, path, operation in operations():
        there[f"{method} {plain(path)}"] = operation.view_func
    without = [name for name, view in there.items() if not getattr(view, "permission", "")]
    assert without == [], "decorate these calls with @call(…)"
    unknown = {getattr(view, "scope", "") for view in there.values()} - {"", *scopes()}
    assert unknown == set(), "register_scope(…) these"
    assert sorted(set(there) - set(calls())) == [], "add these to CALLS in the room's access.py"
    assert sorted(set(calls()) - set(there)) == [], "there is no such call"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_call_what_it_may_and_nothing_else(role: str, world: World) -> None:
    key = key_of(world.users[role]) if role in LOGGED_IN else "km_nothing"
    let_in = set()
    for name in calls():
        method, path = name.split(" ")
        with transaction.atomic():
            answer = Caller(key)(
                method,
                path_of(path, world),
                world.bodies.get(name, {}) if method != "GET" else None,
            )
            transaction.set_rollback(True)
        assert answer.status_code < 500, (name, answer.content)
        if answer.status_code not in (401, 403):
            let_in.add(name)
    table = {name for name, roles in calls().items() if role in roles}
    assert sorted(let_in - table) == [], f"{role} gets in and should not"
    assert sorted(table - let_in) == [], f"{role} is kept out and should not be"


@pytest.mark.parametrize("path", ["/nothing", "/organisations/123"])
def test_an_address_that_leads_nowhere_is_a_problem_too(path: str, call: Caller) -> None:
    answer = call("GET", path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_each_scope_opens_its_calls_and_no_others(world: World) -> None:
    wanted = {
        f"{method} {plain(path)}": operation.view_func.scope
        for method, path, operation in operations()
    }
    for scope in scopes():
        caller = Caller(key_of(world.users["administrator"], scope))
        for name, needed in wanted.items():
            method, path = name.split(" ")
            with transaction.atomic():
                answer = caller(
                    method,
                    path_of(path, world),
                    world.bodies.get(name, {}) if method != "GET" else None,
                )
                transaction.set_rollback(True)
            assert (answer.status_code == 403) is (needed not in ("", scope)), (scope, name)


def test_a_key_is_kept_as_a_fingerprint_alone(world: World) -> None:
    user = world.users["staff"]
    token, key = make_token(user, "Excel", ["register:read"], 30)
    assert key.startswith("km_") and len(key) > 40
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert key not in str(row)
    earlier = str(list(ApiToken.history.filter(id=token.pk).values()))
    assert key not in earlier and token.digest not in earlier


@pytest.mark.parametrize("how", ["revoked", "expired", "account closed", "never made", "no key"])
def test_a_key_stops_working(how: str, world: World) -> None:
    user = world.users["staff"]
    token, key = make_token(user, "Excel", ["register:read"], 30)
    assert Caller(key)("GET", "/organisations").status_code == 200
    if how == "revoked":
        revoke_token(token, by=user)
    if how == "expired":
        ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(1))
    if how == "account closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    key = {"never made": "km_" + "a" * 43, "no key": ""}.get(how, key)
    answer = Caller(key)("GET", "/organisations")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_key_never_does_more_than_its_user_may_now(world: World, call: Caller) -> None:
    address = f"/organisations/{world.arguments['organisation']}"
    assert call("GET", address).status_code == 200
    world.users["staff"].assignments.all().delete()
    assert call("GET", address).status_code == 403


def test_a_session_alone_calls_nothing(world: World, client: Client) -> None:
    client.force_login(
        world.users["administrator"],
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get(f"{API}/organisations").status_code == 401
    assert client.post(f"{API}/organisations", "{}", "application/json").status_code == 401


def test_a_key_shows_when_it_was_last_used(world: World, call: Caller) -> None:
    assert ApiToken.objects.get(user=world.users["staff"]).last_used_at is None
    assert call("GET", "/key").json()["user"] == "staff@example.org"
    assert ApiToken.objects.get(user=world.users["staff"]).last_used_at is not None


def test_too_many_calls_are_refused_with_how_long_to_wait(call: Caller, settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = 3
    answers = [call("GET", "/key") for _time in range(5)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_guessing_keys_is_refused(db: Any) -> None:
    answers = [Caller(f"km_{number}")("GET", "/key").status_code for number in range(80)]
    assert answers[0] == 401 and 429 in answers


def test_a_list_is_read_page_by_page(world: World, call: Caller) -> None:
    for number in range(7):
        Organisation.objects.create(name=f"Bolag {number % 3}")
    rows = organisations_for(world.users["staff"]).filter(ended__isnull=True)
    everyone = sorted((row.name, str(row.pk)) for row in rows)
    found, after = [], ""
    for _page in range(10):
        answer = call("GET", f"/organisations?limit=3&sort=name&after={after}")
        body = answer.json()
        found += [(row["name"], row["id"]) for row in body["items"]]
        after = body["next"]
        assert ('rel="next"' in answer.get("Link", "")) is bool(after)
        if not after:
            break
    assert len(found) == len(everyone)
    assert sorted(found) == everyone
    assert [name for name, _key in found] == sorted(name for name, _key in everyone)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("after=xyz", "after"),
        ("after=WyJuYW1lIiwgIlx1MDAwMCIsICJ4Il0", "after"),
        ("sort=secret", "sort"),
        ("limit=0", "limit"),
        ("limit=1000", "limit"),
        ("kind=nothing", "kind"),
        ("format=pdf", "format"),
        ("ended=perhaps", "ended"),
    ],
)
def test_a_wrong_query_is_answered_with_which_field(query: str, field: str, call: Caller) -> None:
    answer = call("GET", f"/organisations?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_filters_are_those_of_the_page(world: World, call: Caller) -> None:
    Organisation.objects.create(name="Universitetet", kind="academia")
    names = [row["name"] for row in call("GET", "/organisations?kind=academia").json()["items"]]
    assert names == ["Universitetet"]
    found = call("GET", "/organisations?text=5560360793").json()["items"]
    assert [row["name"] for row in found] == ["Stålverket AB"], "an earlier number finds it"
    assert call("GET", "/organisations?place=SE-2080").json()["items"]


@pytest.mark.parametrize("how", ["query", "header"])
def test_a_list_comes_as_csv_and_xlsx(how: str, call: Caller) -> None:
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for path in ("/organisations", "/people", "/municipalities", "/industries", "/initiatives"):
        for short, kind in (("csv", "text/csv"), ("xlsx", excel)):
            if how == "query":
                answer = call("GET", f"{path}?format={short}")
            else:
                answer = call("GET", path, Accept=kind)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200 and answer["Content-Type"].startswith(kind)
            assert content[:2] == (b"PK" if short == "xlsx" else b"\xef\xbb")


def test_a_list_takes_as_many_queries_for_many_rows(world: World, call: Caller) -> None:
    call("GET", "/organisations")
    with CaptureQueriesContext(connection) as few:
        call("GET", "/organisations?limit=200")
    Organisation.objects.bulk_create(Organisation(name=f"B{n}") for n in range(150))
    with CaptureQueriesContext(connection) as many:
        assert len(call("GET", "/organisations?limit=200").json()["items"]) > 150
    assert len(many) == len(few)


def test_a_change_is_told_by_hand_and_kept_in_the_history(world: World, call: Caller) -> None:
    address = f"/organisations/{world.arguments['organisation']}"
    first = call("GET", address)
    change = {"name": "Nya Stålverket AB", "city": "Falun", "municipality": "SE-2080"}
    answer = call("PATCH", address, change, **{"If-Match": first["ETag"]})
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert (body["name"], body["city"]) == ("Nya Stålverket AB", "Falun")
    assert "Stålverket AB" in [one["name"] for one in body["other_names"]]
    row = world.things["organisation"]
    told = SourcedValue.objects.get(row=row.pk, field="city", source=Source.BY_HAND)
    assert (told.value, told.by) == ("Falun", world.users["staff"])
    assert row.history.first().history_user == world.users["staff"]
    assert call("GET", address)["ETag"] == answer["ETag"] != first["ETag"]


def test_nobody_overwrites_a_change_that_they_have_not_seen(world: World, call: Caller) -> None:
    for path in ("organisation", "establishment", "person"):
        plural = {"person": "people"}.get(path, f"{path}s")
        address = f"/{plural}/{world.arguments[path]}"
        seen = call("GET", address)["ETag"]
        assert call("PATCH", address, {"name": "A"}).status_code == 428
        assert call("PATCH", address, {"name": "A"}, **{"If-Match": seen}).status_code == 200
        late = call("PATCH", address, {"name": "B"}, **{"If-Match": seen})
        assert late.status_code == 412, address
        assert call("GET", address).json()["name"] == "A"
        assert call("PATCH", address, {"name": "C"}, **{"If-Match": "*"}).status_code == 200
        unchanged = call("GET", address, **{"If-None-Match": call("GET", address)["ETag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"number": "556036-0794"}, "number", "556036-0793"),
        ({"number": "abc"}, "number", "digits"),
        ({"name": ""}, "name", "required"),
        ({"name": "x" * 300}, "name", "200"),
        ({"kind": "castle"}, "kind", "castle"),
        ({"latitude": 95.0, "longitude": 15.0}, "latitude", "90"),
        ({"latitude": 60.0}, "longitude", "both"),
        ({"municipality": "SE-0000"}, "municipality", "SE-0000"),
        ({"website": "not a page"}, "website", "URL"),
        ({"ended": "2026-13-01"}, "data.ended", "date"),
        ({"name": "a\0b"}, "name", "Null"),
    ],
)
def test_a_wrong_value_is_answered_with_its_field_and_changes_nothing(
    change: dict[str, Any], field: str, words: str, world: World, call: Caller
) -> None:
    address = f"/organisations/{world.arguments['organisation']}"
    seen = call("GET", address)["ETag"]
    answer = call("PATCH", address, change, **{"If-Match": seen})
    assert answer.status_code == 422, answer.content
    errors = {one["field"]: one["message"] for one in answer.json()["errors"]}
    name = field.removeprefix("data.")
    assert name in errors and words in errors[name], errors
    assert call("GET", address)["ETag"] == seen


def test_an_organisation_is_added_once(world: World, call: Caller) -> None:
    new = {"name": "Ny AB", "number": "556036-0793"}
    answer = call("POST", "/organisations", new)
    assert answer.status_code == 201, answer.content
    assert answer.json()["number"] == "5560360793"
    again = call("POST", "/organisations", new)
    assert again.status_code == 422
    assert again.json()["errors"][0]["message"].startswith("Ny AB has the number")


def test_a_municipal_developer_adds_and_changes_in_the_own_municipality(world: World) -> None:
    caller = Caller(key_of(world.users["municipal_developer"]))
    assert caller("POST", "/organisations", {"name": "A"}).status_code == 422
    own = caller("POST", "/organisations", {"name": "A", "municipality": "SE-2080"})
    assert own.status_code == 201
    elsewhere = Organisation.objects.create(name="Någon annanstans AB")
    address = f"/organisations/{elsewhere.pk}"
    assert caller("GET", address).status_code == 200
    answer = caller("PATCH", address, {"name": "B"}, **{"If-Match": "*"})
    assert answer.status_code == 403


def test_establishments_people_and_figures_are_added(world: World, call: Caller) -> None:
    address = f"/organisations/{world.arguments['organisation']}"
    made = call("POST", f"{address}/establishments", {"name": "Norra", "municipality": "SE-2080"})
    assert made.status_code == 201
    assert "Norra" in [row["name"] for row in call("GET", f"{address}/establishments").json()]
    assert call("POST", f"{address}/establishments", {}).status_code == 422
    fact = call("POST", f"{address}/facts", {"year": 2025, "measure": "turnover", "value": "12.5"})
    assert (fact.json()["value"], fact.json()["unit"]) == ("12.50", "SEK")
    person = call("POST", f"{address}/people", {"name": "Eva Ek", "role": {"title": "vd"}})
    assert person.status_code == 201
    role = person.json()["roles"][0]
    assert role["title"] == "vd"
    today = timezone.localdate().isoformat()
    ended = call("POST", f"/roles/{role['id']}/end", {"until": today})
    assert ended.json()["until"] == today


def test_a_sole_traders_number_is_for_those_who_keep_the_register_and_ask_for_people(
    world: World,
) -> None:
    row = Organisation.objects.create(name="Kims", number="7001011234", is_sole_trader=True)

    def number(role: str, *only: str) -> str:
        return str(
            Caller(key_of(world.users[role], *only))("GET", f"/organisations/{row.pk}").json()[
                "number"
            ]
        )

    assert number("staff", "register:read", "people:read") == "7001011234"
    assert number("staff", "register:read") == ""
    assert number("evaluator", "register:read", "people:read") == ""
    table = Caller(key_of(world.users["staff"], "register:read"))(
        "GET", "/organisations?format=csv"
    )
    assert b"1234" not in b"".join(table.streaming_content)


def test_the_search_shows_what_the_user_sees(world: World, call: Caller) -> None:
    found = call("GET", "/search?q=stålverket").json()
    assert "Stålverket AB" in [hit["title"] for group in found for hit in group["hits"]]
    nobody = Caller(key_of(world.users["outsider"]))
    assert nobody("GET", "/search?q=stålverket").json() == []


def test_the_document_names_every_call_and_the_page_fetches_nothing_from_elsewhere(
    client: Client, db: Any
) -> None:
    told = client.get(f"{API}/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert told == document() or len(told["paths"]) == len(document()["paths"])
    n_calls = sum(len(one) for one in told["paths"].values())
    assert n_calls == len(list(operations()))
    page = client.get("/api/docs").text
    addresses = re.findall(r'(?:src|href)="(https?://[^"]+)"', page)
    assert [one for one in addresses if not one.startswith("http://testserver/")] == []
    for path in told["paths"]:
        assert path in page


def test_a_key_is_made_shown_once_and_revoked_on_the_page(world: World, client: Client) -> None:
    user = world.users["staff"]
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    form = {"name": "Excel", "scopes": ["register:read"], "days": "30"}
    page = client.post("/account/tokens", form).text
    key = re.search(r'value="(km_[\w-]+)"', page)
    assert key is not None
    assert Caller(key[1])("GET", "/organisations").status_code == 200
    assert key[1] not in client.get("/account/tokens").text
    token = ApiToken.objects.get(user=user)
    assert (token.scopes, token.beginning) == (["register:read"], key[1][:8])
    client.post(f"/account/tokens/{token.pk}/revoke")
    assert Caller(key[1])("GET", "/organisations").status_code == 401
    wrong = client.post("/account/tokens", {**form, "scopes": ["root:all"]})
    assert re.search(r"km_[\w-]{12,}", wrong.text) is None
    assert ApiToken.objects.filter(user=user).count() == 1
