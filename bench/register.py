"""The register with 1,000,000 organisations: p95 of list, filter, search and company page.

    python -m bench register                                          # SQLite
    scripts/with_postgres.sh .venv/bin/python -m bench register       # PostgreSQL

Pages are asked for as a browser does, through the whole of Django, rendered; beside each stands
hand-written SQL for the same question on the same connection in the same run, and how many times
as long the page takes. The rows are made in the database directly, not through the product.
"""

import os
import random
import statistics
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ORGANISATIONS = int(os.environ.get("BENCH_ORGANISATIONS", "1000000"))
EVERY = 10
"""One organisation in so many has an establishment, figures, an earlier name, a person."""
ROUNDS, PEER_ROUNDS = 40, 10
AIM = {"sqlite": 0.300, "postgresql": 0.200}
PLACES = ("Nord", "Söder", "Ås", "Fors", "Lund", "Berg", "Sund", "Vik", "Hult", "Näs", "Torp",
          "Älv", "Mora", "Tuna", "Sala", "Holm", "Strand", "Mark", "Skog", "Dal")  # fmt: skip
TRADES = ("stål", "bygg", "måleri", "industrilokaler", "konsult", "data", "åkeri", "mekaniska",
          "el", "rör", "trä", "plåt", "redovisning", "hotell", "café", "teknik", "fastigheter",
          "service", "invest", "design", "gräv", "skog", "vård", "frisör", "bil")  # fmt: skip
FORMS = ("AB", "AB", "AB", "HB", "i Sverige AB", "AS")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            KLUSTERMOTOR_HOME=home,
            KLUSTERMOTOR_DEMO="1",
            LOG_LEVEL="WARNING",
            DJANGO_SETTINGS_MODULE="klustermotor.config.settings",
        )
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        if connection.vendor == "sqlite":
            Path(home).mkdir(exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        fill()
        measure()


# Filling


def fill() -> None:
    from django.db import connection

    from klustermotor.core.search import reindex
    from klustermotor.register.services.reference import load_reference_data

    load_reference_data()
    started = perf_counter()
    ids = sorted(uuid.uuid4() for _ in range(ORGANISATIONS))  # in order they go in faster
    _organisations(ids)
    _hanging(ids)
    print(f"{ORGANISATIONS:,} organisations made in {perf_counter() - started:.0f} s", flush=True)
    started = perf_counter()
    counts = reindex()
    seconds = perf_counter() - started
    total = sum(counts.values())
    print(
        f"reindex: {total:,} entries in {seconds:.0f} s ({total / seconds:,.0f} a second)",
        flush=True,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            size = Path(connection.settings_dict["NAME"]).stat().st_size
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    print(f"the database has {size / 1e9:.2f} GB")


def _organisations(ids: Sequence[uuid.UUID]) -> None:
    from klustermotor.register.models import Industry, Municipality, Organisation

    chance = random.Random(1)
    places = list(Municipality.objects.filter(country="SE").values_list("pk", flat=True))
    industries = list(
        Industry.objects.filter(standard="SNI2007", level="division").values_list("pk", flat=True)
    )
    # A few places and industries hold most of the companies, as in a real country.
    weights = [1 / (rank + 3) for rank in range(max(len(places), len(industries)))]

    def rows() -> Iterator[dict[str, object]]:
        for index, key in enumerate(ids):
            place = chance.choices(places, weights[: len(places)])[0]
            yield {
                "id": key,
                "name": name_of(index, chance),
                "number": f"556{index:07d}",
                "municipality_id": place,
                "main_industry_id": chance.choices(industries, weights[: len(industries)])[0],
                "size": chance.choices(
                    ("0", "1-9", "10-49", "50-249", "250-"), (55, 35, 8, 2, 0.3)
                )[0],
                "city": "Falun",
                "description": "",
            }

    insert(Organisation, rows())


def name_of(index: int, chance: random.Random) -> str:
    place = chance.choice(PLACES) + chance.choice(PLACES).lower()
    return f"{place} {chance.choice(TRADES)} {index % 9973} {chance.choice(FORMS)}"


def _hanging(ids: Sequence[uuid.UUID]) -> None:
    from klustermotor.register.models import (
        Establishment,
        OrganisationIndustry,
        OrganisationName,
        Person,
        PersonRole,
        Source,
        YearlyFact,
    )

    Source.objects.create(pk="bench", name="bench")
    ids = ids[::EVERY]
    chance = random.Random(2)
    insert(
        OrganisationIndustry,
        ({"id": uuid.uuid4(), "organisation_id": key, "industry_id": "SNI2007:25"} for key in ids),
    )
    insert(
        Establishment,
        (
            {
                "id": uuid.uuid4(),
                "organisation_id": key,
                "number": f"19{index:08d}",
                "city": "Falun",
            }
            for index, key in enumerate(ids)
        ),
    )
    insert(
        YearlyFact,
        (
            {"id": uuid.uuid4(), "organisation_id": key, "year": year, "measure": "employees",
             "value": 7, "unit": "persons", "source_id": "bench"}
            for key in ids for year in (2024, 2025)
        ),
    )  # fmt: skip
    insert(
        OrganisationName,
        (
            {"id": uuid.uuid4(), "organisation_id": key, "name": name_of(index, chance)}
            for index, key in enumerate(ids)
        ),
    )
    people = [uuid.uuid4() for _ in ids]
    insert(
        Person,
        (
            {
                "id": key,
                "name": f"Kim {chance.choice(PLACES)}{index % 997}",
                "email": f"k{index}@x.example",
            }
            for index, key in enumerate(people)
        ),
    )
    insert(
        PersonRole,
        (
            {"id": uuid.uuid4(), "person_id": person, "organisation_id": key, "title": "vd"}
            for person, key in zip(people, ids, strict=True)
        ),
    )


def insert(model: Any, rows: Iterable[dict[str, object]]) -> None:
    """Write rows past the product: what a row does not name gets the field's default."""
    from django.db import connection, transaction
    from django.utils import timezone

    sqlite = connection.vendor == "sqlite"
    columns = {field.attname: field for field in model._meta.concrete_fields}
    usual = {
        name: field.get_db_prep_save(
            timezone.now() if getattr(field, "auto_now", 0) or getattr(field, "auto_now_add", 0)
            else field.get_default(),
            connection,
        )
        for name, field in columns.items()
    }  # fmt: skip

    def value(given: object) -> object:
        return given.hex if sqlite and isinstance(given, uuid.UUID) else given

    def full() -> Iterator[list[object]]:
        for row in rows:
            yield [value(row[name]) if name in row else usual[name] for name in columns]

    names = ", ".join(f'"{field.column}"' for field in columns.values())
    table = f'"{model._meta.db_table}"'
    with transaction.atomic(), connection.cursor() as cursor:
        if sqlite:
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", full())
        else:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in full():
                    copy.write_row(row)


# Measuring


def measure() -> None:
    from django.db import connection
    from django.test import Client

    from klustermotor.core.models import User
    from klustermotor.register.models import Organisation

    admin = User.objects.create_superuser("bench@demo.example", name="Bench")
    client = Client(SERVER_NAME="localhost")
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    chance = random.Random(3)
    rows = Organisation.objects.filter(people__isnull=False).order_by("pk")
    some = list(rows.values_list("pk", "name", "number")[:ROUNDS])
    aim = AIM[connection.vendor]
    print(
        f"{connection.vendor}: p95 of {ROUNDS} requests (aim {aim * 1000:.0f} ms), of it this "
        f"process's processor, median, the peer's p95, ours to it; load {_load()}"
    )
    for what, addresses, peer in questions(some, chance):
        ours = timed([lambda a=a: _page(client, a) for a in addresses])
        theirs = timed([lambda v=v: _rows(*v) for v in peer[:PEER_ROUNDS]])
        p95, median, processor = (1000 * seconds for seconds in ours)
        print(
            f"  {what:<28} {p95:7.1f} ms  {processor:6.1f}  {median:6.1f}  {1000 * theirs[0]:7.1f}"
            f"  {ours[0] / theirs[0]:6.1f} times{'' if ours[0] <= aim else '  MISSED'}",
            flush=True,
        )


def questions(
    some: Sequence[tuple[uuid.UUID, str, str]], chance: random.Random
) -> Iterator[tuple[str, list[str], list[tuple[str, list[object]]]]]:
    """What is asked, the pages that answer it, and hand-written SQL for the same."""
    from urllib.parse import quote

    from django.db import connection

    sqlite = connection.vendor == "sqlite"
    columns = "o.id, o.name, o.number, o.kind, o.size, o.changed_at, m.name"
    start = (
        f"SELECT {columns} FROM register_organisation o "
        "LEFT JOIN register_municipality m ON m.id = o.municipality_id WHERE o.ended IS NULL"
    )
    order = " ORDER BY o.name, o.id LIMIT 50"
    places = [f"SE-{code}" for code in ("0114", "0180", "2080", "1880", "2380", "1480")]
    industries = [f"SNI2007:{code}" for code in ("01", "24", "25", "62", "47", "02")]

    def again(values: Sequence[Any]) -> list[Any]:
        return [values[index % len(values)] for index in range(ROUNDS)]

    yield "list, first page", again(["/companies"]), again([(start + order, [])])
    deep = [(name, key) for key, name, _number in some]
    yield (
        "list, a page deep inside",
        [f"/companies?after={_cursor(name, key)}" for name, key in deep],
        [
            (start + " AND (o.name, o.id) > (%s, %s)" + order, [name, key.hex if sqlite else key])
            for name, key in deep
        ],
    )
    yield (
        "list, latest changed",
        again(["/companies?sort=-changed"]),
        again([(start + " ORDER BY o.changed_at DESC, o.id DESC LIMIT 50", [])]),
    )
    yield (
        "filter by municipality",
        again([f"/companies?place={place}" for place in places]),
        again([(start + " AND o.municipality_id = %s" + order, [place]) for place in places]),
    )
    yield (
        "filter by industry and size",
        again([f"/companies?industry={code}&size=50-249" for code in industries]),
        again(
            [
                (start + " AND o.main_industry_id = %s AND o.size = '50-249'" + order, [code])
                for code in industries
            ]
        ),
    )
    texts = ["stål", "industrilokaler", "lokal", "åsnäs", "nordälv bygg", "9972"]
    yield (
        "filter by text",
        again([f"/companies?text={quote(text)}" for text in texts]),
        again([(start + " AND o.name LIKE %s" + order, [f"%{text}%"]) for text in texts]),
    )
    yield (
        "company page",
        [f"/companies/{key}" for key, _name, _number in some],
        [
            ("SELECT * FROM register_organisation WHERE id = %s", [key.hex if sqlite else key])
            for key, _name, _number in some
        ],
    )
    searches = {
        "search: names": [name for _key, name, _number in some],
        "search: number with dash": [f"{number[:6]}-{number[6:]}" for _key, _name, number in some],
        "search: number, begun": [number[:7] for _key, _name, number in some],
        "search: two letters": again(["ab", "ås", "el", "as", "na", "is", "sv", "qx"]),
        "search: very common words": again(["stål", "sverige", "bygg ab", "lund", "konsult", "hb"]),
        "search: inside words": again(["lokal", "dustri", "kaniska", "ställ", "vicei", "ktr"]),
        "search: several words": again(
            ["stål nord ab", "åsfors el sverige", "dal design 77", "kim vik"]
        ),
        "search: nothing found": again(["qqzz", "xylofon", "stål qqzz", "æøzz"]),
    }
    like = (
        "SELECT id, name FROM register_organisation WHERE name LIKE %s OR number LIKE %s LIMIT 10"
    )
    for what, texts in searches.items():
        values = [[f"%{text}%", f"{text.replace('-', '')}%"] for text in texts]
        yield what, [f"/search?q={quote(text)}" for text in texts], [(like, v) for v in values]
    yield (
        "suggestions while writing",
        [
            f"/search/suggestions?q={quote(name[: chance.randint(2, 9)])}"
            for _key, name, _number in some
        ],
        [(like, [f"%{name[:5]}%", f"{name[:5]}%"]) for _key, name, _number in some],
    )


def _cursor(name: str, key: uuid.UUID) -> str:
    import base64
    import json

    text = json.dumps(["name", name, str(key)])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


def _page(client: Any, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        sys.exit(f"{address} answered {response.status_code}")


def _rows(statement: str, values: Sequence[object]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.fetchall()


def timed(calls: Sequence[Callable[[], None]]) -> tuple[float, float, float]:
    """p95 and median of the seconds by the clock, and p95 of this process's; the first warms up."""
    calls[0]()
    seconds, processor = [], []
    for call in calls:
        started, used = perf_counter(), process_time()
        call()
        seconds.append(perf_counter() - started)
        processor.append(process_time() - used)
    return percentile(seconds), statistics.median(seconds), percentile(processor)


def percentile(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
