"""From records to a plan: who is new, what changes, what stands, what is refused.

Reads the register and writes nothing but the plan's file, in parts of a few thousand rows.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from klustermotor.formats.errors import Fault, fail
from klustermotor.formats.register.record import Known, Reading, Record
from klustermotor.register.models import Load, LoadRow, SourceKey
from klustermotor.register.services.loading.decide import NOT_TOLD, decide
from klustermotor.register.services.loading.duplicates import Namesakes
from klustermotor.register.services.loading.entries import (
    Entry,
    Values,
    as_kept,
    batched,
    fingerprint_of,
)
from klustermotor.register.services.loading.matching import Matched, Matcher, Numbers
from klustermotor.register.services.loading.merging import merged
from klustermotor.register.services.loading.planning_ends import end_missing
from klustermotor.register.services.loading.planning_lists import parent_code, plan_reference
from klustermotor.register.services.loading.seen import Met, Seen
from klustermotor.register.services.loading.subjects import SUBJECTS, Subject
from klustermotor.register.services.loading.subjects.base import AT_ONCE
from klustermotor.register.services.loading.subjects.person import newest_texts
from klustermotor.register.services.loading.subjects.reference import level_of
from klustermotor.register.services.provenance import hand_values

ROWS_AT_ONCE = 3000
SHOWN = {"refused": 20_000, "held": 10_000}
"""How many rows of a fate the preview lists; of the others, `SHOWN_ELSE`."""
SHOWN_ELSE = 2_000

Progress = Callable[[float, str], None]


@dataclass
class Outcome:
    """What came of planning: counts by fate, the rows to show, and what is wrong with it all."""

    counts: Counter[str] = field(default_factory=Counter)
    rows: list[LoadRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    with_notes: int = 0
    entries: int = 0
    """How many lines the plan has."""


@dataclass
class Planner:
    """Plans one load."""

    load: Load
    bulk: bool
    known: Known
    today: date
    reading: Reading
    numbers: Numbers | None = None
    outcome: Outcome = field(default_factory=Outcome)

    def plan(self, path: Path, progress: Progress) -> Outcome:
        """Write the plan of the whole file. Raises InputError when there is nothing to load."""
        self._shown: Counter[str] = Counter()
        self._planned: dict[str, Values] = {}
        self._late: list[tuple[Record, str, str]] = []
        self._count = 0
        self.told_industries: set[str] = set(self.known.industries)
        self._texts = newest_texts() if self.load.kind == "people" else {}
        self._take_all = self.load.take == ["all"]
        self._take = {str(row) for row in self.load.take}
        self.seen = Seen()
        self.matcher = Matcher(
            self.load.file_name,
            self.load.source_id,
            self.seen,
            Namesakes(self.load.source_id if self.bulk else ""),
            self.bulk,
            self.numbers,
            {c.field: c.heading for c in self.reading.columns if c.field},
            planned=self._planned.__contains__,
        )
        try:
            with path.open("w", encoding="utf-8") as self._file:
                read = 0
                for records in batched(self.reading.records, ROWS_AT_ONCE):
                    self._part(records)
                    read += len(records)
                    progress(100 * self.reading.done.share, str(read))
                self.outcome.faults += self.reading.faults
                if not read and not self.reading.faults:
                    raise fail("register_no_rows", self.load.file_name)
                self._resolve_late()
                if self.load.scope:
                    end_missing(self)
        finally:
            self.seen.close()
        self.outcome.notes += self.reading.notes
        return self.outcome

    # a part of the file

    def _part(self, records: Sequence[Record]) -> None:
        for subject, group in groupby(_by_subject(records), key=lambda record: record.subject):
            fresh = self._once(subject, list(group))
            if not SUBJECTS[subject].keyed:
                plan_reference(self, subject, fresh)
                continue
            match = {
                "organisation": self.matcher.organisations,
                "establishment": self.matcher.establishments,
                "person": self.matcher.people,
            }[subject]
            for some in _one_row_each(fresh) if subject == "person" else [fresh]:
                self._plan(SUBJECTS[subject](), match(some))

    def _once(self, subject: str, records: Sequence[Record]) -> list[Record]:
        """The records that the file has not told before; the others are answered for here."""
        by_number = subject == "organisation"
        self._prints: dict[int, str] = {}
        met = self.seen.of(subject, {r.key for r in records})
        numbers = {str(r.values.get("number") or "") for r in records if by_number} - {""}
        met_numbers = self.seen.of("number", numbers)
        fresh: list[Record] = []
        new: dict[str, Met] = {}
        for record in records:
            if record.faults:
                fresh.append(record)
                continue
            number = str(record.values.get("number") or "")
            plain = {k: v for k, v in record.values.items() if k != "parent"}
            print_ = self._prints[record.row] = fingerprint_of(plain)
            first = met.get(record.key) or (met_numbers.get(number) if by_number else None)
            if first is None:
                one = Met(record.row, print_, "", record.label)
                met[record.key] = new[record.key] = one
                if number and by_number:
                    met_numbers[number] = one
                fresh.append(record)
            elif record.context or first.fingerprint == print_:
                self.show(record, "unchanged")
            elif self.numbers is not None and number in self.numbers.twice:
                fresh.append(record)  # the matcher names the other row
            else:
                self.refuse(record, [self._twice(record, first, number)])
        if not by_number:
            self.seen.add(subject, new)
        return fresh

    def _twice(self, record: Record, first: Met, number: str) -> Fault:
        kind = "row_twice"
        details: dict[str, object] = {"other": first.row}
        if record.subject == "organisation" and first.name != record.label:
            kind, details = "number_twice", {"other": first.row, "name": first.name}
        value = number or record.label
        return self.matcher._said(record, kind, "number", value, **details)

    def _plan(self, subject: Subject, matched: Sequence[Matched]) -> None:
        told = {m.record.row: self._told(m) for m in matched if not m.faults}
        for one in matched:
            if one.faults:
                self.refuse(one.record, one.faults, one.notes)
        good = [m for m in matched if not m.faults]
        changing = [m for m in good if m.thing and not self._as_before(m, told[m.record.row])]
        state = self._state(subject, changing, told)
        remembered: dict[str, Met] = {}
        numbers: dict[str, Met] = {}
        present: dict[str, Met] = {}
        slow = {id(m) for m in changing}
        for one in good:
            values = told[one.record.row]
            if not one.thing:
                self._create(one, values)
            elif id(one) in slow:
                self._change(subject, one, values, state)
            else:
                self.show(one.record, "unchanged", one.thing, notes=one.notes)
            print_ = self._prints[one.record.row]
            mine = Met(one.record.row, print_, one.thing, one.record.label)
            if subject.name == "organisation":
                remembered[one.record.key] = mine
                if number := one.record.values.get("number"):
                    numbers[str(number)] = mine
            if self.load.scope:
                present[one.thing] = mine
        if remembered:
            self.seen.add(subject.name, remembered)
            self.seen.add("number", numbers)
        if present:
            self.seen.add(f"thing {subject.name}", present)

    def _told(self, one: Matched) -> Values:
        """What the record tells, with references resolved, and without what is told late."""
        values = {k: v for k, v in one.record.values.items() if k not in one.drop}
        one.parent = str(values.pop("parent", "") or "")
        if one.record.subject != "person":
            return values
        role = values.pop("role", None)
        if role and "employer" in one.refs:
            at = one.refs["employer"]
            values["role"] = [[at, role["title"], role["since"], role["until"]]]
        if basis := values.get("basis"):
            values["basis"] = [[basis["purpose"], basis["basis"], basis["given_on"]]]
            if basis["basis"] == "consent" and basis["purpose"] not in self._texts:
                one.faults.append(
                    self.matcher._said(
                        one.record, "consent_without_text", "basis", basis["purpose"]
                    )
                )
        return values

    def _as_before(self, one: Matched, values: Values) -> bool:
        """Whether the source tells exactly what it told last."""
        if one.parent or one.known_fingerprint != self._print(one, values):
            return False
        return not (self.load.scope or self._take_all or str(one.record.row) in self._take)

    def _print(self, one: Matched, values: Values) -> str:
        """The fingerprint of what a record tells, once it is known whose it is."""
        if one.record.subject == "person" or one.drop:
            return fingerprint_of(values)
        return self._prints[one.record.row]

    def _state(
        self, subject: Subject, matched: Sequence[Matched], told: Mapping[int, Values]
    ) -> "_State":
        ids = list({m.thing for m in matched})
        if not ids:
            return _State({}, {}, {}, {}, {})
        parts = {name for m in matched for name in told[m.record.row]} & set(subject.parts)
        current = subject.current(ids, self.load.source_id, parts)
        current |= {key: self._planned[key] for key in ids if key in self._planned}
        before: dict[tuple[str, str], tuple[Values, str]] = {}
        others: dict[str, list[Values]] = {}
        own: dict[str, Values] = {}
        for start in range(0, len(ids), AT_ONCE):
            rows = SourceKey.objects.filter(
                model=subject.name, row__in=ids[start : start + AT_ONCE]
            )
            for source, key, row, what, scope in rows.values_list(
                "source", "key", "row", "told", "scope"
            ):
                if source == self.load.source_id:
                    before[(row.hex, key)] = (what, scope)
                    own[row.hex] = what
                else:
                    others.setdefault(row.hex, []).append(what)
        hand = {
            (row.hex, name): value
            for (row, name), value in hand_values([UUID(key) for key in ids]).items()
        }
        return _State(current, before, own, others, hand)

    # one thing

    def _create(self, one: Matched, values: Values) -> None:
        record = one.record
        one.thing = self.next_id()
        if one.parent:
            self._late.append((record, one.thing, one.parent))
        if record.subject == "person":
            self._planned[one.thing] = {
                **dict.fromkeys(("email", "phone", "language"), ""),
                **values,
            }
            at = one.refs.get("employer", "")
            email = str(values.get("email") or "").casefold()
            me = Met(record.row, "", one.thing, record.label)
            who = {f"{record.label.casefold()}|{at}": me} if not email else {email: me}
            self.seen.add("who", who)
        self._new_industries(values)
        self.write(
            Entry(
                record.subject,
                "created",
                one.thing,
                record.key[:120],
                values,
                refs=_refs(one),
                fingerprint=self._print(one, values),
            )
        )
        self.show(record, "created", one.thing, notes=one.notes)

    def _change(self, subject: Subject, one: Matched, values: Values, state: "_State") -> None:
        record, thing = one.record, one.thing
        current = state.current.get(thing, {})
        told_before, scope = state.before.get((thing, record.key[:120]), (None, ""))
        if told_before and told_before.get("_missing") and "ended" not in values:
            values[subject.ends_by] = ""  # it is back
        take = self._take_all or str(record.row) in self._take
        now: Values = {}
        held: Values = {}
        for name, told in values.items():
            had = current.get(name, "")
            before = (told_before or state.own.get(thing, {})).get(name, NOT_TOLD)
            if name in subject.additive:
                whole = merged(name, had, told)
                if whole != had and (before is NOT_TOLD or merged(name, before, told) != before):
                    now[name] = whole
                continue
            verdict = decide(
                told,
                before,
                had,
                by_hand=(thing, name) in state.hand,
                told_by_another=any(o.get(name) == had for o in state.others.get(thing, ())),
                clears=self.bulk or bool(told_before and told_before.get("_missing")),
            )
            if verdict == "set" or (verdict == "held" and take):
                now[name] = told
            elif verdict == "held":
                held[name] = told
        if one.parent and (thing, "parent") not in state.hand:
            self._late.append((record, thing, one.parent))
        self._new_industries(now)
        told_now = {k: v for k, v in {**(told_before or {}), **values}.items() if k != "_missing"}
        fate = "changed" if now else "held" if held else "told"
        if fate != "told" or told_now != told_before or scope != self.load.scope:
            entry = Entry(
                subject.name,
                fate,
                thing,
                record.key[:120],
                now,
                {name: current.get(name, "") for name in now},
                _refs(one, now),
                told_now,
                told_before,
                held,
                self._print(one, values),
            )
            self.write(entry)
        if thing in self._planned:
            self._planned[thing] |= now
        changes = [[name, current.get(name, ""), value] for name, value in now.items()]
        kept = [[name, current.get(name, ""), value] for name, value in held.items()]
        shown = fate if fate != "told" else "unchanged"
        self.show(record, shown, thing, notes=one.notes, changes=changes, held=kept)

    def _new_industries(self, values: Values) -> None:
        """Write the finer industries that the file names and that are not listed yet."""
        named = [*(values.get("industries") or ()), *filter(None, [values.get("industry")])]
        for key in named:
            if key in self.told_industries:
                continue
            standard, _colon, code = str(key).partition(":")
            self.told_industries.add(key)
            language = "nb" if standard.startswith("SN2") else "sv"
            title = self.reading.titles.get(key, "")
            whole = {"standard": standard, "code": code, "level": level_of(code)}
            whole["titles"] = {language: title} if title else {}
            whole["parent"] = parent_code(self, {"standard": standard, "code": code})
            refs = {"parent": whole["parent"] or None}
            self.write(Entry("industry", "created", key, key, whole, refs=refs))

    # the end of the file

    def _resolve_late(self) -> None:
        """Parents that are told by number: those found in the register or in the file."""
        for late in batched(iter(self._late), AT_ONCE):
            numbers = {number for _record, _thing, number in late}
            there = {n: met.thing for n, met in self.seen.of("number", numbers).items()}
            from klustermotor.register.services.loading.matching import _by_number

            there |= {n: key for n, (key, _name) in _by_number(numbers).items()}
            things = [thing for _record, thing, _number in late]
            current = SUBJECTS["organisation"]().read_part("parent", things, "")
            for record, thing, number in late:
                if number not in there or there[number] == thing:
                    said = self.matcher._said(record, "parent_left_out", "parent", number)
                    self._note_late(record, said)
                    continue
                had = current.get(thing, "")
                if had == number:
                    continue
                self.write(
                    Entry("organisation", "parent", thing, "", {"parent": number}, {"parent": had})
                )

    def _note_late(self, record: Record, said: Fault) -> None:
        self.outcome.with_notes += 1
        for row in self.outcome.rows:
            if row.row == record.row:
                row.said = [*row.said, as_kept(said)]
                row.has_notes = True
                break

    # what is shown

    def refuse(self, record: Record, faults: Sequence[Fault], notes: Sequence[Fault] = ()) -> None:
        if self.load.scope and record.key:
            met = Met(record.row, "", "", record.label)
            self.seen.add("refused", {f"{record.subject} {record.key}": met})
        self.show(record, "refused", notes=[*faults, *notes])

    def show(
        self,
        record: Record,
        fate: str,
        thing: str = "",
        *,
        notes: Sequence[Fault] = (),
        changes: Sequence[Any] = (),
        held: Sequence[Any] = (),
    ) -> None:
        if record.context and fate != "refused":
            return  # only mentioned by its row
        self.outcome.counts[fate] += 1
        if notes and fate != "refused":
            self.outcome.with_notes += 1
        shelf = f"{fate} noted" if notes else fate
        if self._shown[shelf] >= SHOWN.get(fate, SHOWN_ELSE):
            return
        self._shown[shelf] += 1
        self.outcome.rows.append(
            LoadRow(
                load=self.load,
                row=record.row,
                fate=fate,
                subject=record.subject,
                label=(record.label or record.key)[:200],
                thing=UUID(thing) if thing and SUBJECTS[record.subject].keyed else None,
                changes=list(changes),
                held=list(held),
                said=[as_kept(one) for one in notes],
                has_notes=bool(notes),
            )
        )

    def next_id(self) -> str:
        self._count += 1
        return f"{self.load.id_prefix}{0x8000000000000000 + self._count:016x}"

    def write(self, entry: Entry) -> None:
        self._file.write(entry.line() + "\n")
        self.outcome.entries += 1


@dataclass(frozen=True)
class _State:
    """What the register and the sources hold of the things of one part of a file."""

    current: Mapping[str, Values]
    before: Mapping[tuple[str, str], tuple[Values, str]]
    """(id, key) → what this source told of it by this key, and its scope."""
    own: Mapping[str, Values]
    """Id → what this source told of it by any key: a company that changed number had another."""
    others: Mapping[str, list[Values]]
    hand: Mapping[tuple[str, str], str]


def _refs(one: Matched, now: Values | None = None) -> Values:
    if "organisation" in one.refs and (now is None or "organisation" in now):
        return {"organisation": one.refs["organisation"]}
    return {}


def _one_row_each(records: Sequence[Record]) -> Iterator[list[Record]]:
    """People in parts in which nobody comes twice: the second row of one finds the first."""
    part: list[Record] = []
    met: set[str] = set()
    for record in records:
        who = {str(record.values.get("email") or "").casefold(), record.label.casefold()} - {""}
        if who & met:
            yield part
            part, met = [], set()
        part.append(record)
        met |= who
    if part:
        yield part


def _by_subject(records: Sequence[Record]) -> list[Record]:
    order = {name: place for place, name in enumerate(SUBJECTS)}
    return sorted(records, key=lambda record: order[record.subject])
