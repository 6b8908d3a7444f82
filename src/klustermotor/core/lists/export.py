"""A list as a file: the same rows, order and columns as on the page, all pages of it."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation

from klustermotor.core.lists.columns import Column, Order

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_A_TIME = 1000


def exported(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    order: Order,
    name: str,
) -> HttpResponse | StreamingHttpResponse | None:
    """Return the file that ``?format=csv`` or ``xlsx`` asks for; nothing for a page."""
    wanted = request.GET.get("format")
    if wanted not in ("csv", "xlsx"):
        return None
    return as_file(rows, columns, order, name, wanted)


def as_file(
    rows: QuerySet[Any], columns: Sequence[Column], order: Order, name: str, wanted: str
) -> HttpResponse | StreamingHttpResponse:
    """All the rows as a file, ``csv`` or ``xlsx``."""
    ordered = rows.order_by(*order.fields()).iterator(chunk_size=ROWS_AT_A_TIME)
    table = _table(ordered, columns)
    response: HttpResponse | StreamingHttpResponse
    if wanted == "csv":
        comma = translation.get_language() != "en"
        response = StreamingHttpResponse(_csv(table, comma), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(_xlsx(table), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return response


def _table(rows: Iterator[Any], columns: Sequence[Column]) -> Iterator[list[object]]:
    yield [str(column.label) for column in columns]
    for row in rows:
        yield [_plain(column.value(row)) for column in columns]


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | Decimal | date):
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        return value
    return str(value)


def _csv(table: Iterator[list[object]], comma: bool) -> Iterator[bytes]:
    """Lines as a spreadsheet of the reader's language opens them: BOM; ``;`` and decimal comma."""
    yield "\ufeff".encode()
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";" if comma else ",")
    for values in table:
        writer.writerow([_csv_text(value, comma) for value in values])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _csv_text(value: object, comma: bool) -> object:
    if comma and isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"  # a name that starts with = must not run as a formula
    return value


def _xlsx(table: Iterator[list[object]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, values in enumerate(table):
            for place, value in enumerate(values):
                if number == 0:
                    sheet.write_string(0, place, str(value), bold)
                elif isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, moment)
                else:
                    sheet.write(number, place, value)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return buffer.getvalue()
