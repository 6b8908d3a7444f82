"""Find the files that name somebody: exports, results of jobs, files that wait to be loaded."""

import gzip
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from klustermotor.core.privacy.terms import Term, names_somebody

LEFT_ALONE = {"keys", "privacy"}
"""The log of erasures names nobody, and keys are not ours to read."""
OURS = {"jobs", "reports"}
"""Where reports lie that we have rendered in several formats side by side."""
BIGGEST = 200 * 2**20
ENCODINGS = ("utf-8", "utf-16", "latin-1")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class FileMention:
    """A file that names somebody; `path` counts from the home. `unread` when nobody can tell."""

    path: str
    sure: bool = True
    unread: bool = False


Handler = Callable[[str], None]
_handlers: list[Handler] = []


def when_a_file_goes(handler: Handler) -> None:
    """Call `handler` with the path of a file that erasure removes, so that no row waits for it."""
    if handler not in _handlers:
        _handlers.append(handler)


def files_of(home: Path) -> Iterator[Path]:
    """Every file under the home but the database, the keys, drafts and our own backups."""
    for path in sorted(home.rglob("*")):
        parts = path.relative_to(home).parts
        if parts[0] in LEFT_ALONE or parts[0].startswith(".") or not path.is_file():
            continue
        if path.is_symlink() or ".sqlite3" in path.name or any(p.endswith(".part") for p in parts):
            continue
        if path.suffix == ".zip" and _is_backup(path):
            continue
        yield path


def files_naming(terms: Sequence[Term], home: Path) -> Iterator[FileMention]:
    """Yield the files under the home in which a term stands.

    A PDF that we made is the same document as the HTML beside it, which is read in a thousandth of
    the time: what is found there is said of both.
    """
    pages: dict[Path, FileMention | None] = {}
    for path in files_of(home) if terms else ():
        name = path.relative_to(home).as_posix()
        if path.suffix == ".pdf" and path.with_suffix("") in pages:
            if twin := pages[path.with_suffix("")]:
                yield FileMention(name, twin.sure, twin.unread)
            continue
        found = _in_file(path, name, terms)
        if path.suffix == ".html" and path.relative_to(home).parts[0] in OURS:
            pages[path.with_suffix("")] = found
        if found:
            yield found


def _in_file(path: Path, name: str, terms: Sequence[Term]) -> FileMention | None:
    """What the file says of somebody, by its name or in its words."""
    if term := names_somebody(path.name.replace("_", " "), terms):
        return FileMention(name, term.sure)
    try:
        hits = (names_somebody(text, terms) for text in texts_in(path))
        hit = next((term for term in hits if term is not None), None)
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, LookupError):
        return FileMention(name, unread=True)
    return FileMention(name, hit.sure) if hit else None


def texts_in(path: Path) -> Iterator[str]:
    """The words of a file. Raises ValueError for one that is too big or cannot be read."""
    if path.stat().st_size > BIGGEST:
        raise ValueError(f"{path.name} is too big to search")
    yield from _texts(path.name, path.read_bytes())


def _texts(name: str, content: bytes) -> Iterator[str]:
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if part.file_size > BIGGEST:
                    raise ValueError(f"{part.filename} is too big to search")
                yield from _texts(part.filename, archive.read(part))
    elif content.startswith(b"\x1f\x8b"):
        yield from _texts(name, gzip.decompress(content))
    elif content.startswith(b"%PDF"):
        yield from _pdf(content)
    elif content.startswith(b"PAR1"):
        yield from _parquet(content)
    elif content.startswith((b"$FL2", b"$FL3")):
        raise ValueError(f"{name} is packed by SPSS: its words lie in pieces")
    else:
        yield from _words(content)


def _words(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "ignore")  # words in the midst of what is no text
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield text
        if "\\u" in text:
            yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
        if "<" in text:
            yield html.unescape(TAG.sub("", text))
            yield html.unescape(TAG.sub(" ", text))


def _pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        yield " ".join(str(value) for value in (reader.metadata or {}).values())
        for page in reader.pages:
            text = page.extract_text()
            yield text
            yield text.replace("\n", " ")
    except PyPdfError as error:
        raise ValueError(f"not a PDF that can be read: {error}") from error


def _parquet(content: bytes) -> Iterator[str]:
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(content))
    for column in frame.select(pl.col(pl.String)).iter_columns():
        yield "\n".join(column.drop_nulls().to_list())


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "manifest.json" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def remove(mention: FileMention, home: Path) -> bool:
    """Remove a file, and tell the rooms whose rows point at it; whether it was there."""
    path = home / mention.path
    if not path.is_file():
        return False
    path.unlink()
    for handler in _handlers:
        handler(mention.path)
    return True
