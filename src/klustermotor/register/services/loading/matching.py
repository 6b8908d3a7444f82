"""Which thing of the register a record tells of: by the source's key, by number, by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from klustermotor.formats.errors import Fault, fault
from klustermotor.formats.register.record import Record
from klustermotor.register.models import (
    Establishment,
    FormerNumber,
    Organisation,
    Person,
    SourceKey,
)
from klustermotor.register.services.loading.duplicates import (
    Likeness,
    Namesakes,
    Newcomer,
    likenesses,
)
from klustermotor.register.services.loading.names import plain_name, plain_street
from klustermotor.register.services.loading.seen import Met, Seen
from klustermotor.register.services.loading.subjects.base import AT_ONCE, plain_id


@dataclass
class Matched:
    """A record with the thing that it is about (empty: a new one), or why it is refused."""

    record: Record
    thing: str = ""
    known_fingerprint: str = ""
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    """The number of the parent company, which is resolved when all of the file is there."""
    drop: frozenset[str] = frozenset()
    """Fields that this record does not tell after all."""


@dataclass(frozen=True)
class Numbers:
    """What a file says of its numbers as a whole: which it has, and which stand with two names."""

    rows: dict[str, tuple[int, str]]
    twice: dict[str, tuple[int, str]]
    """Number → another row with another name; both are answered for."""


def numbers_in(records: Iterable[Record]) -> Numbers:
    """Walk a spreadsheet once beforehand, so that both rows with one number can be answered for."""
    rows: dict[str, tuple[int, str]] = {}
    twice: dict[str, tuple[int, str]] = {}
    for record in records:
        number = record.values.get("number") if record.subject == "organisation" else None
        if not number or record.faults:
            continue
        first = rows.setdefault(str(number), (record.row, record.label))
        if first[0] != record.row and plain_name(first[1]) != plain_name(record.label):
            twice.setdefault(str(number), (record.row, record.label))
    return Numbers(rows, twice)


@dataclass
class Matcher:
    """Matches the records of one file."""

    file: str
    source: str
    seen: Seen
    namesakes: Namesakes
    bulk: bool
    numbers: Numbers | None = None
    headings: dict[str, str] = field(default_factory=dict)

    def organisations(self, records: Sequence[Record]) -> list[Matched]:
        """Match organisations; likely doubles of new ones are noted."""
        keys = self._keys("organisation", records)
        numbers = {str(r.values["number"]) for r in records if r.values.get("number")}
        by_number = _by_number(numbers)
        former = _by_former(numbers - set(by_number))
        keyed = {row for row, _print in keys.values()}
        names = _names_of(keyed)
        found = []
        for record in records:
            matched = Matched(record, faults=list(record.faults), notes=list(record.notes))
            found.append(matched)
            if matched.faults:
                continue
            number = str(record.values.get("number") or "")
            if self._stands_twice(matched, number):
                continue
            thing, fingerprint = keys.get(record.key, ("", ""))
            if thing and thing in names:
                matched.thing, matched.known_fingerprint = thing, fingerprint
                self._check_number(matched, number, names[thing], by_number)
            elif number in by_number:
                matched.thing = by_number[number][0]
            elif number in former:
                matched.thing, matched.drop = former[number], frozenset({"number"})
            else:
                self._by_name(matched, number)
        self._warn_of_doubles([m for m in found if not m.thing and not m.faults])
        return found

    def _stands_twice(self, matched: Matched, number: str) -> bool:
        if self.numbers is None or number not in self.numbers.twice:
            return False
        row, name = self.numbers.rows[number]
        if row == matched.record.row or plain_name(name) == plain_name(matched.record.label):
            row, name = self.numbers.twice[number]
        matched.faults.append(
            self._said(matched.record, "number_twice", "number", number, other=row, name=name)
        )
        return True

    def _check_number(
        self,
        matched: Matched,
        number: str,
        known: tuple[str, str],
        by_number: dict[str, tuple[str, str]],
    ) -> None:
        """A company that changed number: the source's key says that it is the same."""
        name, old = known
        record = matched.record
        if not number or not old or number == old:
            return
        other = by_number.get(number)
        if other and other[0] != matched.thing:
            said = {"name": other[1], "other": record.label}
            matched.faults.append(self._said(record, "number_taken", "number", number, **said))
        elif plain_name(name) == plain_name(record.label):
            matched.notes.append(self._said(record, "number_changed", "number", number, other=old))
        else:
            said = {"name": name, "other": old}
            kind = "number_and_name_changed"
            matched.faults.append(self._said(record, kind, "key", record.key, **said))

    def _by_name(self, matched: Matched, number: str) -> None:
        record = matched.record
        values = record.values
        same = self.namesakes.of(record.label, str(values.get("municipality") or ""))
        if not same:
            return
        if not number:
            if len(same) == 1:
                matched.thing = same[0].id
            else:
                details = {"count": len(same)}
                said = self._said(record, "several_match", "name", record.label, **details)
                matched.faults.append(said)
            return
        without = [one for one in same if not one.number]
        if len(without) == 1:
            matched.thing = without[0].id
            return
        street = plain_street(str(values.get("street") or ""))
        there = [
            one
            for one in same
            if street and plain_street(one.street) == street and not self._in_file(one.number)
        ]
        if len(there) == 1 and not self.bulk:
            matched.thing = there[0].id
            other = there[0].number
            matched.notes.append(
                self._said(record, "number_changed", "number", number, other=other)
            )

    def _in_file(self, number: str) -> bool:
        return self.numbers is not None and number in self.numbers.rows

    def _warn_of_doubles(self, new: Sequence[Matched]) -> None:
        found: dict[int, Likeness] = {}
        newcomers = []
        for matched in new:
            values, record = matched.record.values, matched.record
            place = str(values.get("municipality") or "")
            if record.context:
                continue
            same = self.namesakes.of(record.label, place)
            if same:
                found[record.row] = Likeness(record.row, same[0].id, same[0].name, same[0].number)
            parts = (
                str(values.get(n) or "") for n in ("number", "municipality", "street", "postcode")
            )
            newcomers.append(Newcomer(record.row, record.label, *parts))
        found = {**likenesses(newcomers), **found}
        for matched in new:
            like = found.get(matched.record.row)
            if like is not None:
                said = {"name": like.name, "other": like.number or "–"}
                matched.notes.append(
                    self._said(matched.record, "maybe_double", "name", matched.record.label, **said)
                )

    def establishments(self, records: Sequence[Record]) -> list[Matched]:
        """Match establishments, and the organisations that they belong to."""
        keys = self._keys("establishment", records)
        owners = {str(r.values["organisation"]) for r in records if r.values.get("organisation")}
        known = {number: key for number, (key, _name) in _by_number(owners).items()}
        known |= {n: met.thing for n, met in self.seen.of("number", owners - set(known)).items()}
        known |= _by_former(owners - set(known))
        numbers = {str(r.values["number"]) for r in records if r.values.get("number")}
        by_number = {
            number: key.hex
            for part in _parts(numbers)
            for key, number in Establishment.objects.filter(number__in=part).values_list(
                "pk", "number"
            )
        }
        found = []
        for record in records:
            matched = Matched(record, faults=list(record.faults), notes=list(record.notes))
            found.append(matched)
            owner = str(record.values.get("organisation") or "")
            if owner and owner in known:
                matched.refs["organisation"] = known[owner]
            elif owner:
                matched.faults.append(
                    self._said(record, "no_organisation", "organisation_number", owner)
                )
            number = str(record.values.get("number") or "")
            thing, fingerprint = keys.get(record.key, ("", ""))
            matched.thing = thing or by_number.get(number, "")
            matched.known_fingerprint = fingerprint
        self._drop_lost(found, Establishment)
        return found

    def people(self, records: Sequence[Record]) -> list[Matched]:
        """Match people by the source's key, by e-mail, or by name at the same organisation."""
        keys = self._keys("person", records)
        emails = {str(r.values.get("email") or "").casefold() for r in records} - {""}
        by_email = {}
        for part in _parts(emails):
            rows = Person.objects.filter(email__in=[*part, *(e.title() for e in part)])
            by_email |= {
                email.casefold(): key.hex for key, email in rows.values_list("pk", "email")
            }
        for email in emails - set(by_email):
            one = Person.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
            if one:
                by_email[email] = one.hex
        places = self._places_of_work(records)
        found = []
        for record in records:
            matched = Matched(record, faults=list(record.faults), notes=list(record.notes))
            found.append(matched)
            at = self._employer(matched, places)
            email = str(record.values.get("email") or "").casefold()
            thing, fingerprint = keys.get(record.key, ("", ""))
            matched.thing, matched.known_fingerprint = thing, fingerprint
            matched.thing = matched.thing or by_email.get(email, "")
            if not matched.thing:
                me = email or f"{record.label.casefold()}|{at}"
                matched.thing = next((m.thing for m in self.seen.of("who", [me]).values()), "")
            if not matched.thing and at and not email:
                same = Person.objects.filter(name=record.label, roles__organisation=at)
                keys_of = set(same.values_list("pk", flat=True)[:2])
                matched.thing = next(iter(keys_of)).hex if len(keys_of) == 1 else ""
        self._drop_lost(found, Person)
        return found

    def _places_of_work(self, records: Sequence[Record]) -> dict[str, list[str]]:
        """Number or plain name → ids of organisations."""
        roles = [r.values["role"] for r in records if r.values.get("role")]
        places = {
            n: [key] for n, (key, _) in _by_number({r["number"] for r in roles} - {""}).items()
        }
        for number, key in _by_former({r["number"] for r in roles} - {""} - set(places)).items():
            places[number] = [key]
        names = {r["organisation"] for r in roles if not r["number"]}
        for part in _parts(names):
            rows = Organisation.objects.filter(name__in=[*part, *(n.upper() for n in part)])
            for key, name in rows.values_list("pk", "name"):
                places.setdefault(name.casefold(), []).append(key.hex)
        return places

    def _employer(self, matched: Matched, places: dict[str, list[str]]) -> str:
        role = matched.record.values.get("role")
        if not role:
            return ""
        name = role["number"] or role["organisation"]
        found = places.get(role["number"] or role["organisation"].casefold(), [])
        column = "organisation_number" if role["number"] else "organisation_name"
        if not found:
            matched.faults.append(self._said(matched.record, "no_organisation", column, name))
            return ""
        if len(found) > 1:
            details = {"count": len(found)}
            said = self._said(matched.record, "several_match", column, name, **details)
            matched.faults.append(said)
            return ""
        matched.refs["employer"] = found[0]
        return found[0]

    def _drop_lost(self, found: Sequence[Matched], model: Any) -> None:
        """Forget keys whose thing is no longer there, unless this very file makes it."""
        wanted = {m.thing for m in found if m.thing}
        there: set[str] = set()
        for part in _parts(wanted):
            there |= {k.hex for k in model.objects.filter(pk__in=part).values_list("pk", flat=True)}
        for matched in found:
            if matched.thing and matched.thing not in there and not self.planned(matched.thing):
                matched.thing = matched.known_fingerprint = ""

    planned: Callable[[str], bool] = field(default=lambda thing: False)
    """Whether a thing is one that this file creates."""

    def _keys(self, subject: str, records: Sequence[Record]) -> dict[str, tuple[str, str]]:
        """Key → (id, fingerprint) of what the source has told of before."""
        found = {}
        for part in _parts({record.key for record in records}):
            rows = SourceKey.objects.filter(source=self.source, model=subject, key__in=part)
            found |= {
                k: (row.hex, p) for k, row, p in rows.values_list("key", "row", "fingerprint")
            }
        return found

    def _said(
        self, record: Record, kind: str, column: str, value: object, **details: object
    ) -> Fault:
        named = self.headings.get(column, column)
        return fault(kind, self.file, row=record.row, column=named, value=value, **details)


def _parts(values: Iterable[str]) -> Iterable[list[str]]:
    listed = list(values)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def _by_number(numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    found = {}
    for part in _parts(numbers):
        rows = Organisation.objects.filter(number__in=part).values_list("number", "pk", "name")
        found |= {number: (key.hex, name) for number, key, name in rows}
    return found


def _by_former(numbers: Iterable[str]) -> dict[str, str]:
    found = {}
    for part in _parts(numbers):
        rows = FormerNumber.objects.filter(number__in=part).values_list("number", "organisation")
        found |= {number: plain_id(key) for number, key in rows}
    return found


def _names_of(ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Id → (name, number) of those that exist."""
    found = {}
    for part in _parts(ids):
        rows = Organisation.objects.filter(pk__in=part).values_list("pk", "name", "number")
        found |= {key.hex: (name, number) for key, name, number in rows}
    return found


__all__ = ["Matched", "Matcher", "Met", "Numbers", "numbers_in"]
