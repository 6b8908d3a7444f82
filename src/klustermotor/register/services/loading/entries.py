"""A plan: what a file will do to the register, row by row, in a file of its own.

What the preview shows is read off the same plan that is then applied, so that the two cannot
differ. One line of JSON per row that does something.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from klustermotor.formats.errors import Fault

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one thing. `values` are all of a new one, else only what changes.

    `refs` are ids that values stand for (the organisation of an establishment); `told` is what the
    source tells now (of a new thing: its values), `told_before` what it told last (None: it never
    told of it).
    """

    subject: str
    fate: str
    thing: str
    key: str
    values: Values
    before: Values = field(default_factory=dict)
    refs: Values = field(default_factory=dict)
    told: Values = field(default_factory=dict)
    told_before: Values | None = None
    held: Values = field(default_factory=dict)
    fingerprint: str = ""

    @property
    def all_told(self) -> Values:
        """Everything that the source tells of the thing."""
        return self.values if self.fate == "created" else self.told

    def line(self) -> str:
        """The entry as a line of the plan."""
        return json.dumps(
            [
                self.subject,
                self.fate,
                self.thing,
                self.key,
                self.values,
                self.before,
                self.refs,
                self.told,
                self.told_before,
                self.held,
                self.fingerprint,
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )


def entries_in(path: Path, at_once: int) -> Iterator[list[Entry]]:
    """The entries of a plan in parts."""
    with path.open(encoding="utf-8") as file:
        while lines := list(islice(file, at_once)):
            yield [Entry(*json.loads(line)) for line in lines]


def fingerprint_of(values: Values) -> str:
    """Sixteen characters that tell whether a source tells the same again."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def as_kept(fault: Fault) -> dict[str, Any]:
    """A fault as the preview keeps it, to be worded in the reader's language."""
    kept = asdict(fault)
    kept["details"] = {
        name: value if isinstance(value, str | int) else [str(part) for part in value]
        for name, value in fault.details.items()
        if isinstance(value, str | int | list | tuple | set | frozenset)
    }
    return kept


def as_fault(kept: dict[str, Any]) -> Fault:
    """The fault again."""
    return Fault(**kept)


def batched(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part
