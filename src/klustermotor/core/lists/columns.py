"""What a list shows and how it may be sorted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Column:
    """One column: its heading, the value of a row, and what may be done with it.

    ``sort`` names the database field to sort by; it must be indexed and never null, for the next
    page starts after its value. ``url`` makes the cell a link.
    """

    name: str
    label: str | Promise
    value: Callable[[Any], object]
    sort: str = ""
    number: bool = False
    url: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Order:
    """By which column a list is sorted."""

    column: Column
    descending: bool

    @property
    def text(self) -> str:
        """The order as it stands in the address: ``name`` or ``-name``."""
        return f"{'-' if self.descending else ''}{self.column.name}"

    def fields(self, *, backwards: bool = False) -> tuple[str, str]:
        """The database's order; the primary key makes it one order and no other."""
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.column.sort}", f"{sign}pk"


def order_of(request: HttpRequest, columns: Sequence[Column], default: str) -> Order:
    """Read ``?sort=`` from the address; anything that is no sortable column means ``default``."""
    sortable = {column.name: column for column in columns if column.sort}
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in sortable:
        asked = default
    return Order(sortable[asked.removeprefix("-")], asked.startswith("-"))


def sort_value(row: Model, order: Order) -> Any:
    """Return the value that the row is sorted by."""
    value: Any = row
    for part in order.column.sort.split("__"):
        value = getattr(value, part)
    return value
