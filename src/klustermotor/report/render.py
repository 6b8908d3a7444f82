"""One document, written as the kind of file that its name asks for."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from klustermotor.report.document import Document

Renderer = Callable[[Document], bytes]


def _html(document: Document) -> bytes:
    from klustermotor.report.html import page

    return page(document).encode()


def _pdf(document: Document) -> bytes:
    from klustermotor.report.pdf import pdf

    return pdf(document)


def _docx(document: Document) -> bytes:
    from klustermotor.report.docx import docx

    return docx(document)


def _xlsx(document: Document) -> bytes:
    from klustermotor.report.xlsx import xlsx

    return xlsx(document)


RENDERERS: dict[str, Renderer] = {".html": _html, ".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx}
"""Each renderer loads its library when it is first used; starting up stays quick."""


def render(document: Document, path: Path | str) -> None:
    """Write the document to `path`, in the format of its suffix.

    The file appears whole or not at all: it is written under a temporary name in the same folder
    and then renamed. Raises ValueError for a suffix that no renderer has.
    """
    path = Path(path)
    write(path, rendered(document, path.suffix))


def rendered(document: Document, suffix: str) -> bytes:
    """The document as the bytes of a file with this suffix, such as ``.pdf``."""
    try:
        renderer = RENDERERS[suffix.lower()]
    except KeyError:
        known = ", ".join(RENDERERS)
        raise ValueError(f"a report is written as {known}; not as {suffix!r}") from None
    return renderer(document)


def write(path: Path, content: bytes) -> None:
    """Write bytes under a temporary name beside `path`, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
