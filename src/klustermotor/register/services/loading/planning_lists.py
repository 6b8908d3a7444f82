"""The lists that the register refers to: what a file of codes or boundaries does to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from klustermotor.formats.register.record import Record
from klustermotor.register.models import IndustryCrosswalk
from klustermotor.register.services.loading.entries import Entry, Values
from klustermotor.register.services.loading.subjects import SUBJECTS
from klustermotor.register.services.loading.subjects.reference import level_of

if TYPE_CHECKING:
    from klustermotor.register.services.loading.planner import Planner


def plan_reference(planner: Planner, subject: str, records: Sequence[Record]) -> None:
    """Codes and boundaries: known by their key, told whole, with no person's corrections."""
    kind = SUBJECTS[subject]()
    keys = {r.key: _reference_key(r) for r in records if not r.faults}
    current = kind.current([key for key in keys.values() if key], "")
    for record in records:
        if record.faults:
            planner.refuse(record, list(record.faults))
            continue
        key = keys[record.key]
        values = dict(record.values)
        if subject == "industry":
            values["level"] = level_of(values["code"])
            values["parent"] = parent_code(planner, values)
        refs = {name: values[name] or None for name in kind.foreign if name in values}
        if key not in current:
            thing = key or planner.next_id()
            whole = {"name": planner.known.municipalities.get(key, ""), **values}
            planner.write(Entry(subject, "created", thing, record.key, whole, refs=refs))
            planner.show(record, "created", thing)
            planner.told_industries.add(key)
            continue
        had = current[key]
        now = {name: value for name, value in values.items() if value != had.get(name, "")}
        if subject == "industry" and "titles" in now:
            now["titles"] = {**(had["titles"] or {}), **now["titles"]}
            if now["titles"] == had["titles"]:
                del now["titles"]
        if not now:
            planner.show(record, "unchanged", key)
            continue
        before = {name: had.get(name, "") for name in now}
        refs = {name: value for name, value in refs.items() if name in now}
        planner.write(Entry(subject, "changed", key, record.key, now, before, refs))
        changes = [[n, before[n], v] for n, v in now.items() if n != "boundary"]
        changes += [["boundary", "", ""]] if "boundary" in now else []
        planner.show(record, "changed", key, changes=changes)


def _reference_key(record: Record) -> str:
    if record.subject != "crosswalk":
        return record.key
    pair = {"old": record.values["old"], "new": record.values["new"]}
    one = IndustryCrosswalk.objects.filter(**pair).values_list("pk", flat=True).first()
    return one.hex if one else ""


def parent_code(planner: Planner, values: Values) -> str:
    """The nearest coarser code that is known, or told before in this file."""
    standard, code = values["standard"], values["code"]
    if values.get("parent"):
        return f"{standard}:{values['parent']}"
    digits = code.replace(".", "")
    for length in range(len(digits) - 1, 1, -1):
        shorter = digits[:length]
        key = f"{standard}:{shorter if length <= 2 else f'{shorter[:2]}.{shorter[2:]}'}"
        if key in planner.told_industries:
            return key
    return ""
