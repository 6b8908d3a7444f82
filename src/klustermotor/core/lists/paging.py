"""Keyset pages: a page starts after the last row of the one before, however deep it lies."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from klustermotor.core.lists.columns import Column, Order, sort_value

ROWS_PER_PAGE = 50
COUNT_UP_TO = 10_000


@dataclass(frozen=True)
class Cell:
    """One value of one row, as the list's template shows it."""

    column: Column
    value: object
    url: str


@dataclass(frozen=True)
class Heading:
    """A column's heading: the address that sorts by it, and ``aria-sort``."""

    column: Column
    url: str
    aria_sort: str


@dataclass(frozen=True)
class ListPage:
    """One page of a list. ``total`` is exact up to 10,000; ``more`` says that there are more."""

    headings: list[Heading]
    rows: list[list[Cell]]
    objects: list[Any]
    total: int
    more: bool
    previous: str
    next: str
    csv: str
    xlsx: str


def list_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    order: Order,
    *,
    per_page: int = ROWS_PER_PAGE,
    many: bool = False,
    counted: QuerySet[Any] | None = None,
) -> ListPage:
    """Return the page that the address asks for (``?after=`` or ``?before=``), or the first.

    Takes two queries: the page and its total; one when the caller knows that there are ``many``,
    more than are counted. A cursor that does not fit means the first page. ``counted`` are the
    same rows asked for in a way that is faster to count, if there is one.
    """
    objects, has_previous, has_next = _slice(request, rows, order, per_page)
    countable = (rows if counted is None else counted).order_by()
    total = COUNT_UP_TO + 1 if many else countable[: COUNT_UP_TO + 1].count()
    return ListPage(
        headings=[_heading(request, column, order) for column in columns],
        rows=[
            [
                Cell(column, column.value(row), column.url(row) if column.url else "")
                for column in columns
            ]
            for row in objects
        ],
        objects=objects,
        total=min(total, COUNT_UP_TO),
        more=total > COUNT_UP_TO,
        previous=_address(request, before=_cursor(objects[0], order)) if has_previous else "",
        next=_address(request, after=_cursor(objects[-1], order)) if has_next else "",
        csv=_address(request, format="csv"),
        xlsx=_address(request, format="xlsx"),
    )


class BadCursorError(ValueError):
    """A cursor that no list in this order has given out."""


def rows_after(rows: QuerySet[Any], order: Order, after: str, limit: int) -> tuple[list[Any], str]:
    """Return at most ``limit`` rows after a cursor, and the next cursor (empty at the end).

    Raises ``BadCursorError`` for a cursor that does not fit.
    """
    if after:
        key = _read_cursor(after, rows, order)
        if key is None:
            raise BadCursorError(after)
        rows = rows.filter(_beyond(order, key, "lt" if order.descending else "gt"))
    page = list(rows.order_by(*order.fields())[: limit + 1])
    following = _cursor(page[limit - 1], order) if len(page) > limit else ""
    return page[:limit], following


def _beyond(order: Order, key: tuple[Any, Any], side: str) -> Q:
    field = order.column.sort
    beyond = Q(**{f"{field}__{side}": key[0]}) | Q(**{field: key[0], f"pk__{side}": key[1]})
    # Says nothing new, but a database begins at this place of the index by it.
    return beyond & Q(**{f"{field}__{side}e": key[0]})


def _slice(
    request: HttpRequest, rows: QuerySet[Any], order: Order, per_page: int
) -> tuple[list[Any], bool, bool]:
    """Return a page's rows, and whether there are rows before and after it."""
    backwards = "before" in request.GET
    key = _read_cursor(request.GET.get("before") or request.GET.get("after") or "", rows, order)
    if key is None:
        page = list(rows.order_by(*order.fields())[: per_page + 1])
        return page[:per_page], False, len(page) > per_page
    side = "gt" if order.descending == backwards else "lt"
    page = list(
        rows.filter(_beyond(order, key, side)).order_by(*order.fields(backwards=backwards))[
            : per_page + 1
        ]
    )
    further = len(page) > per_page
    page = page[:per_page]
    if not page:
        page = list(rows.order_by(*order.fields())[: per_page + 1])
        return page[:per_page], False, len(page) > per_page
    if backwards:
        return page[::-1], further, True
    return page, True, further


def _cursor(row: Model, order: Order) -> str:
    value = sort_value(row, order)
    if isinstance(value, date):
        value = value.isoformat()  # whole: Django's encoder would cut the microseconds
    text = json.dumps([order.text, value, row.pk], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(text: str, rows: QuerySet[Any], order: Order) -> tuple[Any, Any] | None:
    try:
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        asked, value, key = json.loads(decoded)
        if not all(_is_plain(part) for part in (value, key)):
            return None
        rows.filter(**{order.column.sort: value, "pk": key})
    except (binascii.Error, ValueError, TypeError, ValidationError):
        return None
    return (value, key) if asked == order.text else None


def _is_plain(part: object) -> bool:
    """Whether a database can compare with it; anything may stand in an address."""
    if isinstance(part, str):
        return "\0" not in part
    return isinstance(part, int | float) and abs(part) < 2**63


def _heading(request: HttpRequest, column: Column, order: Order) -> Heading:
    if not column.sort:
        return Heading(column, "", "")
    if column != order.column:
        return Heading(column, _address(request, sort=column.name), "none")
    turned = column.name if order.descending else f"-{column.name}"
    state = "descending" if order.descending else "ascending"
    return Heading(column, _address(request, sort=turned), state)


def _address(request: HttpRequest, **changes: str) -> str:
    """The page's own address with its filters, and with ``changes`` instead of its place."""
    query = request.GET.copy()
    for name in ("after", "before", "format", *changes):
        query.pop(name, None)
    query.update(changes)
    return f"?{query.urlencode()}"
