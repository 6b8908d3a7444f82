"""Every table of a document as a sheet of a workbook, numbers as numbers."""

import io
import re
from datetime import datetime

import xlsxwriter

from klustermotor.report.document import Document, Table
from klustermotor.report.language import NONE, translator

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def xlsx(document: Document) -> bytes:
    """The document's tables as the bytes of an .xlsx file: a list of them, then one sheet each."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    about: dict[str, object] = {
        "title": document.title,
        "keywords": ", ".join(document.keywords),
    }
    if document.date:
        about["created"] = datetime.fromisoformat(document.date)
    book.set_properties(about)
    tables = [*document.tables(), *document.data]
    names = _sheet_names(tables, translator(document.language).gettext("Contents"))
    _index(book, document, tables, names)
    for table, name in zip(tables, names[1:], strict=True):
        _sheet(book, table, name, document.language)
    book.close()
    return file.getvalue()


def _sheet_names(tables: list[Table], first: str) -> list[str]:
    """Names that Excel takes: at most 31 letters, none twice."""
    names = [first]
    for place, table in enumerate(tables, 1):
        title = _FORBIDDEN.sub(" ", table.title).strip()
        names.append(f"{place} {title}"[:31].strip())
    return names


def _index(
    book: xlsxwriter.Workbook, document: Document, tables: list[Table], names: list[str]
) -> None:
    sheet = book.add_worksheet(names[0])
    sheet.write_string(0, 0, document.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(
        1, 0, " · ".join(part for part in (document.subtitle, document.date) if part)
    )
    sheet.set_column(0, 0, 100)
    link = book.add_format({"font_color": "#1d5c4d", "underline": 1})
    for place, (table, name) in enumerate(zip(tables, names[1:], strict=True)):
        quoted = name.replace("'", "''")
        sheet.write_url(
            3 + place, 0, f"internal:'{quoted}'!A1", link, f"{place + 1}. {table.title}"[:255]
        )


def _sheet(book: xlsxwriter.Workbook, table: Table, name: str, language: str) -> None:
    _ = translator(language).gettext
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, table.title, bold)
    source = _("Source: {source}").format(source=table.source) if table.source else ""
    for row, line in enumerate((table.note, source), 1):
        sheet.write_string(row, 0, line)
    top = 4
    for column, about in enumerate(table.columns):
        sheet.write_string(top, column, about.title, head)
        sheet.set_column(column, column, 12 if about.align == "number" else _wide(table, column))
    formats: dict[str, xlsxwriter.format.Format] = {}
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            value = table.values[row][column] if table.values else None
            if value is None:
                sheet.write_string(top + 1 + row, column, text, wrap)
                continue
            code = number_format(text)
            if code not in formats:
                formats[code] = book.add_format({"num_format": code, "valign": "top"})
            sheet.write_number(top + 1 + row, column, value, formats[code])
    sheet.freeze_panes(top + 1, table.head_columns)


def number_format(text: str) -> str:
    """How Excel shows a number so that it looks as it does in the report.

    >>> number_format("43 %"), number_format("3,25"), number_format("+8")
    ('0%', '0.00', '+0;-0;0')
    """
    decimals = re.search(r"[.,](\d{1,2})\D*$", text)
    zeros = "0." + "0" * len(decimals[1]) if decimals else "0"
    if "%" in text:
        return f"{zeros}%"
    return f"+{zeros};-{zeros};{zeros}" if re.search(r"[+\u2212]", text) else zeros


def _wide(table: Table, column: int) -> int:
    longest = max((len(row[column]) for row in table.rows if row[column] != NONE), default=8)
    return min(max(longest, 10), 60)
