"""Make the demonstration's organisations as values: the same ones each time, on every machine."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from klustermotor.register.demonstration import numbers, words
from klustermotor.register.demonstration.places import REGIONS, TOWNS, DemoRegion

YEARS = range(2015, 2026)
LEGAL_FORMS = {"SE": "Aktiebolag", "NO": "Aksjeselskap"}
SHORT_FORMS = {"SE": "AB", "NO": "AS"}
CURRENCY = {"SE": "SEK", "NO": "NOK"}
DUPLICATES = 12


@dataclass(frozen=True)
class Unit:
    """An establishment with its employees by year."""

    number: str
    name: str
    street: str
    municipality: str
    city: str
    latitude: float
    longitude: float
    division: str
    employees: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Contact:
    """A person, what they are there, and since when."""

    name: str
    email: str
    title: str
    since: date


@dataclass(frozen=True)
class Company:
    """An organisation of the demonstration; `key` tells it from all others for ever."""

    key: str
    region: str
    name: str
    number: str
    country: str
    kind: str
    legal_form: str
    municipality: str
    street: str
    city: str
    latitude: float
    longitude: float
    size: str
    website: str
    started: date | None
    divisions: tuple[str, ...] = ()
    former: tuple[tuple[str, date, date], ...] = ()
    parent: str = ""
    positions: tuple[tuple[str, str], ...] = ()
    units: tuple[Unit, ...] = ()
    facts: tuple[tuple[int, str, float, str], ...] = ()
    contacts: tuple[Contact, ...] = ()
    duplicates: str = ""
    """The key of the company that this row is, badly written, once more."""


def companies() -> list[Company]:
    """All of them: companies, public bodies, universities, and rows that are there twice."""
    series = {name: numbers.swedish(name) for name in numbers.SERIES}
    norwegian = numbers.norwegian()
    units = {"SE": numbers.swedish_units(), "NO": numbers.norwegian(numbers.NORWEGIAN_UNITS)}
    taken: set[str] = set()
    made: list[Company] = []
    for region in REGIONS:
        chance = Random(f"klustermotor {region.name}")
        abroad = region.country == "NO"
        ours = []
        for index in range(region.companies):
            number = next(norwegian if abroad else series["company"])
            ours.append(
                _company(
                    region,
                    index,
                    number=number,
                    unit_numbers=units[region.country],
                    chance=chance,
                    taken=taken,
                )
            )
        made += _grouped(ours, chance)
        made += _bodies(region, norwegian if abroad else series["public"], norwegian, series)
    return made + list(_duplicates(made))


def _company(
    region: DemoRegion,
    index: int,
    *,
    number: str,
    unit_numbers: Iterator[str],
    chance: Random,
    taken: set[str],
) -> Company:
    country = region.country
    place = f"{country}-{_drawn(region.municipalities, chance)}"
    division = _drawn(region.divisions, chance)
    others = [other for other in region.divisions if other != division]
    name = _name(country, division, chance, taken)
    city, latitude, longitude = TOWNS[place]
    started = date(chance.randint(1962, 2014), chance.randint(1, 12), chance.randint(1, 28))
    employees = _employees(chance)
    key = f"{region.name}-{index}"
    domain = f"{_letters(name)}.example"
    units = _units(
        region,
        name,
        place=place,
        division=division,
        employees=employees,
        unit_numbers=unit_numbers,
        chance=chance,
    )
    return Company(
        key=key,
        region=region.name,
        name=f"{name} {SHORT_FORMS[country]}",
        number=number,
        country=country,
        kind="company",
        legal_form=LEGAL_FORMS[country],
        municipality=place,
        street=units[0].street if units else _street(country, chance),
        city=city,
        latitude=latitude,
        longitude=longitude,
        size=_size(employees[-1]),
        website=f"https://www.{domain}/",
        started=started,
        divisions=(division, *chance.sample(others, k=chance.choice((0, 0, 0, 1, 2)))),
        former=_former(country, division, started, chance, taken),
        positions=tuple(
            (cluster, chain[division])
            for cluster, chain in region.clusters.items()
            if division in chain and chance.random() < 0.7
        ),
        units=units,
        facts=_facts(employees, CURRENCY[country], division, chance),
        contacts=_contacts(country, domain, chance),
    )


def _drawn(weights: dict[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _name(country: str, division: str, chance: Random, taken: set[str]) -> str:
    """An invented place and a word of the trade; none twice."""
    beginnings, ends = (
        (words.SWEDISH_BEGINNINGS, words.SWEDISH_ENDS)
        if country == "SE"
        else (words.NORWEGIAN_BEGINNINGS, words.NORWEGIAN_ENDS)
    )
    trades = words.TRADES[division][country == "NO"]
    while True:
        name = f"{chance.choice(beginnings)}{chance.choice(ends)} {chance.choice(trades)}"
        if name not in taken:
            taken.add(name)
            return name


def _letters(name: str) -> str:
    """A name as part of an address."""
    folded = name.lower().translate(str.maketrans("åäöæø", "aaoao"))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())


def _street(country: str, chance: Random) -> str:
    return f"{chance.choice(words.STREETS[country])} {chance.randint(1, 60)}"


def _employees(chance: Random) -> list[int]:
    """Employees year by year: most companies are small, most grow a little."""
    size = chance.choices((2, 6, 18, 45, 120, 380), (30, 32, 22, 10, 5, 1))[0]
    level, growth = size * chance.uniform(0.6, 1.5), chance.gauss(0.025, 0.06)
    found = []
    for _year in YEARS:
        found.append(max(0, round(level)))
        level *= 1 + growth + chance.gauss(0, 0.05)
    return found


def _size(employees: int) -> str:
    for limit, size in ((1, "0"), (10, "1-9"), (50, "10-49"), (250, "50-249")):
        if employees < limit:
            return size
    return "250-"


def _units(
    region: DemoRegion,
    name: str,
    *,
    place: str,
    division: str,
    employees: list[int],
    unit_numbers: Iterator[str],
    chance: Random,
) -> tuple[Unit, ...]:
    """One establishment, or two or three for the larger; together they have all employees."""
    count = 1 if employees[-1] < 40 else chance.choice((1, 2, 2, 3))
    shares = [1.0] if count == 1 else [0.6, *[0.4 / (count - 1)] * (count - 1)]
    places = [place, *(f"{region.country}-{_drawn(region.municipalities, chance)}" for _ in shares)]
    found: list[Unit] = []
    for share, where in zip(shares, places, strict=False):
        city, latitude, longitude = TOWNS[where]
        by_year = [(year, round(share * n)) for year, n in zip(YEARS, employees, strict=True)]
        if not found:  # the first takes what rounding leaves
            rest = [n - sum(round(other * n) for other in shares[1:]) for n in employees]
            by_year = list(zip(YEARS, rest, strict=True))
        found.append(
            Unit(
                number=next(unit_numbers),
                name=f"{name}, {city}" if count > 1 else name,
                street=_street(region.country, chance),
                municipality=where,
                city=city,
                latitude=round(latitude + chance.gauss(0, 0.012), 5),
                longitude=round(longitude + chance.gauss(0, 0.025), 5),
                division=division,
                employees=tuple(by_year),
            )
        )
    return tuple(found)


def _facts(
    employees: list[int], currency: str, division: str, chance: Random
) -> tuple[tuple[int, str, float, str], ...]:
    """Employees, turnover and value added of each year; export share and research of some."""
    per_head, margin = chance.uniform(1.1, 3.2) * 1e6, chance.uniform(0.25, 0.5)
    exports = chance.uniform(5, 80) if division in {"24", "25", "27", "28", "62", "16"} else 0.0
    research = chance.uniform(0.01, 0.06) if chance.random() < 0.25 else 0.0
    found: list[tuple[int, str, float, str]] = []
    for year, count in zip(YEARS, employees, strict=True):
        turnover = round(max(count, 0.5) * per_head * chance.uniform(0.9, 1.1), -4)
        per_head *= 1.02
        found.append((year, "employees", count, "persons"))
        found.append((year, "turnover", turnover, currency))
        found.append((year, "value_added", round(turnover * margin, -4), currency))
        if exports:
            share = min(95.0, max(0.0, exports + chance.gauss(0, 3)))
            found.append((year, "export_share", round(share, 1), "percent"))
        if research:
            found.append((year, "research", round(turnover * research, -4), currency))
    return tuple(found)


def _former(
    country: str, division: str, started: date, chance: Random, taken: set[str]
) -> tuple[tuple[str, date, date], ...]:
    """One in six has had another name."""
    if chance.random() > 1 / 6:
        return ()
    name = f"{_name(country, division, chance, taken)} {SHORT_FORMS[country]}"
    return ((name, started, date(chance.randint(2015, 2023), chance.randint(1, 12), 1)),)


def _contacts(country: str, domain: str, chance: Random) -> tuple[Contact, ...]:
    found = []
    for title in words.ROLES[country][: chance.choice((1, 1, 2))]:
        first = chance.choice(words.FIRST_NAMES[country])
        last = chance.choice(words.LAST_NAMES[country])
        address = f"{_letters(first)}.{_letters(last)}@{domain}"
        found.append(
            Contact(f"{first} {last}", address, title, date(chance.randint(2012, 2024), 1, 1))
        )
    return tuple(found)


def _grouped(made: list[Company], chance: Random) -> list[Company]:
    """Every twelfth company owns two or three others of its region."""
    found = {one.key: one for one in made}
    free = [one.key for one in made]
    for parent in made[::12]:
        for child in chance.sample(free, k=chance.choice((2, 3))):
            if child != parent.key and not found[child].parent and not found[parent.key].parent:
                if any(one.parent == child for one in found.values()):
                    continue
                found[child] = replace(found[child], parent=parent.key)
    return list(found.values())


def _bodies(
    region: DemoRegion,
    public: Iterator[str],
    norwegian: Iterator[str],
    series: dict[str, Iterator[str]],
) -> Iterator[Company]:
    """A university, a region, a municipality's office each, a network: real kinds, no real body."""
    abroad = region.country == "NO"
    capital = f"{region.country}-{next(iter(region.municipalities))}"
    network = "Eksempelnettverket" if abroad else f"Exempelklustret {region.name}"
    wanted = [
        (region.university, "academia", "academia", capital),
        (region.region_body, "public", "public", capital),
        (network, "other", "association", capital),
        *(
            (
                f"Eksempelkommunen i {TOWNS[f'NO-{code}'][0]}"
                if abroad
                else f"Exempelkommunen i {TOWNS[f'SE-{code}'][0]}",
                "public",
                "public",
                f"{region.country}-{code}",
            )
            for code in region.municipalities
        ),
    ]
    for index, (name, kind, which, place) in enumerate(wanted):
        city, latitude, longitude = TOWNS[place]
        numbered = norwegian if abroad else (public if which == "public" else series[which])
        yield Company(
            key=f"{region.name}-body-{index}",
            region=region.name,
            name=name,
            number=next(numbered),
            country=region.country,
            kind=kind,
            legal_form="",
            municipality=place,
            street="",
            city=city,
            latitude=latitude,
            longitude=longitude,
            size="",
            website="",
            started=None,
            divisions=("85",) if kind == "academia" else ("94",) if kind == "other" else ("84",),
        )


def _duplicates(made: list[Company]) -> Iterator[Company]:
    """Rows as a spreadsheet brings them: the same company without number, its name mistyped."""
    chance = Random("klustermotor duplicates")
    for index, one in enumerate(chance.sample([c for c in made if c.units], k=DUPLICATES)):
        name = _mistyped(one.name, index, chance)
        yield Company(
            key=f"duplicate-{index}",
            region=one.region,
            name=name,
            number="",
            country=one.country,
            kind="company",
            legal_form="",
            municipality=one.municipality,
            street=one.street,
            city=one.city.upper() if index % 3 == 0 else one.city,
            latitude=one.latitude,
            longitude=one.longitude,
            size="",
            website=one.website if index % 4 == 0 else "",
            started=None,
            divisions=one.divisions[:1],
            duplicates=one.key,
        )


def _mistyped(name: str, index: int, chance: Random) -> str:
    """Without its legal form, with two letters swapped, with folded letters, or all small."""
    bare = name.rsplit(" ", 1)[0]
    if index % 4 == 0:
        return bare
    if index % 4 == 1:
        at = chance.randint(1, len(bare) - 3)
        return f"{bare[:at]}{bare[at + 1]}{bare[at]}{bare[at + 2 :]} {name.rsplit(' ', 1)[1]}"
    if index % 4 == 2:
        return name.translate(str.maketrans("åäöÅÄÖæøÆØ", "aaoAAOaoAO"))
    return name.lower().replace(" ab", " aktiebolag").replace(" as", " a/s")
