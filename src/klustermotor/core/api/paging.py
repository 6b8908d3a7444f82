"""Lists: pages that start after the last row of the one before, or the whole list as a file."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Field, Schema

from klustermotor.core.api.problems import Problem
from klustermotor.core.lists import Column
from klustermotor.core.lists.columns import Order
from klustermotor.core.lists.export import XLSX, as_file
from klustermotor.core.lists.paging import BadCursorError, rows_after

Item = TypeVar("Item")
PER_PAGE, PER_PAGE_AT_MOST = 50, 200
FORMATS = {"text/csv": "csv", XLSX: "xlsx"}


class Page(Schema, Generic[Item]):
    """A part of a list; `next` is the `after` of the next one, and missing on the last."""

    items: list[Item]
    next: str | None = None


class PageQuery(Schema):
    """Which part of a list, in which order, and in what form."""

    sort: str = Field(
        "",
        description="A column's name; with - before it from the last.",
    )
    after: str = Field("", max_length=2000, description="The page before's next.")
    limit: int = Field(PER_PAGE, ge=1, le=PER_PAGE_AT_MOST)
    format: Literal["json", "csv", "xlsx"] | None = Field(
        None, description="The whole list as a file; so does the header Accept."
    )


def listed(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    query: PageQuery,
    *,
    shown: Callable[[Any], Any],
    name: str,
) -> dict[str, Any] | HttpResponseBase:
    """The page of `rows` that is asked for, each as `shown` has it; or all of them as a file."""
    order = _order(query.sort, columns)
    if wanted := _format(request, query):
        return as_file(rows, columns, order, name, wanted)
    try:
        page, following = rows_after(rows, order, query.after, query.limit)
    except BadCursorError:
        error = {"after": ["No list in this order gave this out."]}
        raise Problem(422, "Some values are not what they must be.", errors=error) from None
    if following:
        again = request.GET.copy()
        again["after"] = following
        response["Link"] = (
            f'<{request.build_absolute_uri(request.path)}?{again.urlencode()}>; rel="next"'
        )
    return {"items": [shown(row) for row in page], "next": following or None}


def _order(text: str, columns: Sequence[Column]) -> Order:
    sortable = {column.name: column for column in columns if column.sort}
    name = text.removeprefix("-")
    if not text:
        return Order(next(iter(sortable.values())), descending=False)
    if name not in sortable:
        message = f"Sort by {', '.join(sortable)}; with - before it from the last."
        raise Problem(422, "Some values are not what they must be.", errors={"sort": [message]})
    return Order(sortable[name], descending=text.startswith("-"))


def _format(request: HttpRequest, query: PageQuery) -> str:
    if query.format:
        return "" if query.format == "json" else query.format
    accepted = request.headers.get("Accept", "")
    return next((short for kind, short in FORMATS.items() if kind in accepted), "")
