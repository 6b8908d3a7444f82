"""Collect the interface's texts into gettext catalogues and compile them, with Babel alone.

    python scripts/messages.py extract   # new texts into every .po; translations stay
    python scripts/messages.py compile   # every .po into the .mo beside it; silent when all is well
    python scripts/messages.py check     # fails when a text lacks its translation; writes nothing

A room (a folder with ``apps.py``) keeps its texts in ``locale/<language>/LC_MESSAGES/django.po``;
a floor below the web that speaks (a folder with ``locale`` only) in ``<folder>.po``.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "klustermotor"
LANGUAGES = ("sv", "nb", "en")
LEFT_OUT = {"tests", "testing", "migrations", "locale", "static", "__pycache__"}

# Which arguments of each function are the text, its plural, its context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL}(?:,\s*{LITERAL})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
LEFT_OUT_OF_HEADER = re.compile(
    r'^"(?:Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|'
    r"Report-Msgid-Bugs-To|Generated-By)[^\n]*\n",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Message:
    """A text in the source: its singular, its plural and its context, if it has them."""

    singular: str
    plural: str | None = None
    context: str | None = None


def rooms(package: Path = PACKAGE) -> list[Path]:
    """Return the folders that keep catalogues of their own."""
    return sorted(
        folder
        for folder in package.iterdir()
        if (folder / "apps.py").exists() or (folder / "locale").is_dir()
    )


def domain(room: Path) -> str:
    """Return the name of a room's catalogue files."""
    return "django" if (room / "apps.py").exists() else room.name


def catalogue_path(room: Path, language: str) -> Path:
    """Return where a room keeps its texts in a language."""
    return room / "locale" / language / "LC_MESSAGES" / f"{domain(room)}.po"


def python_messages(source: str) -> Iterator[Message]:
    """Yield the texts of a Python file."""
    stream = io.BytesIO(source.encode())
    for _line, function, texts, _comments in extract_python(stream, KEYWORDS, [], {}):
        found = [texts] if isinstance(texts, str) else list(texts)
        if function in KEYWORDS:
            yield _message(function, found)


def template_messages(source: str, origin: str) -> Iterator[Message]:
    """Yield the texts of a Django template: translate, blocktranslate and ``_()`` in tags."""
    for match in CALL.finditer(templatize(source, origin=origin)):
        literals = re.findall(LITERAL, match[2], re.DOTALL)
        yield _message(match[1], [ast.literal_eval(literal) for literal in literals])


def _message(function: str, texts: list[str | None]) -> Message:
    context = texts[0] if "pgettext" in function else None
    rest = [text for text in (texts[1:] if context else texts) if text]
    plural = rest[1] if "ngettext" in function or "npgettext" in function else None
    return Message(rest[0], plural, context)


def messages(room: Path) -> dict[Message, list[str]]:
    """Return every text of a room with the files that use it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(room.rglob("*")):
        parts = path.relative_to(room).parts
        if LEFT_OUT.intersection(parts) or path.suffix not in (".py", ".html", ".txt"):
            continue
        name = path.relative_to(PACKAGE.parent).as_posix() if PACKAGE in path.parents else path.name
        source = path.read_text(encoding="utf-8")
        texts = python_messages(source) if path.suffix == ".py" else template_messages(source, name)
        for text in texts:
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return found


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read a catalogue; an absent one is empty. Raises ``PoFileError`` for a broken line."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        try:
            return read_po(file, locale=language, abort_invalid=True)
        except PoFileError as error:
            error.args = (f"{path}: {error}",)
            raise


def extract(room: Path) -> None:
    """Bring a room's catalogues up to date: new texts in, unused ones out, translations kept."""
    found = messages(room)
    for language in LANGUAGES:
        path = catalogue_path(room, language)
        known = read_catalogue(path, language)
        fresh = Catalog(
            locale=language, domain=domain(room), project="Klustermotor", version="", fuzzy=False
        )
        fresh.header_comment = f"# Texts of {room.name} in {language}."
        for text, files in sorted(found.items(), key=lambda item: (item[1], item[0].singular)):
            fresh.add(
                (text.singular, text.plural) if text.plural else text.singular,
                _translation(known, text, language),
                locations=[(name, 0) for name in files],
                context=text.context,
            )
        buffer = io.BytesIO()
        write_po(buffer, fresh, width=100, include_lineno=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LEFT_OUT_OF_HEADER.sub("", buffer.getvalue().decode()), encoding="utf-8")


def _translation(known: Catalog, text: Message, language: str) -> str | tuple[str, ...]:
    entry = known.get(text.singular, context=text.context)
    if entry is not None and bool(text.plural) == entry.pluralizable:
        return entry.string
    if language == "en":
        return (text.singular, text.plural) if text.plural else text.singular
    return ("", "") if text.plural else ""


def compile_catalogue(path: Path, language: str) -> None:
    """Write the .mo beside a .po, whole or not at all."""
    catalogue = read_catalogue(path, language)
    draft = path.with_suffix(".mo.part")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(path.with_suffix(".mo"))


def compile_room(room: Path) -> None:
    """Compile the catalogues that a room has."""
    for language in LANGUAGES:
        path = catalogue_path(room, language)
        if path.exists():
            compile_catalogue(path, language)


def faults(room: Path, language: str) -> list[str]:
    """Return one line per text of a room that lacks its translation or has other placeholders.

    English is what the source says, so only its placeholders count there.
    """
    known = read_catalogue(catalogue_path(room, language), language)
    found = []
    for text in messages(room):
        entry = known.get(text.singular, context=text.context)
        strings = [""] if entry is None else entry.string
        strings = [strings] if isinstance(strings, str) else list(strings)
        if language != "en" and not all(strings):
            found.append(f"{text.singular}: not translated")
        wanted = set(PLACEHOLDER.findall(text.singular + (text.plural or "")))
        for string in filter(None, strings):
            given = set(PLACEHOLDER.findall(string))
            # One form of a plural may leave its number out: "one day", "%(n)s days".
            if not given <= wanted or (text.plural is None and given != wanted):
                found.append(f"{text.singular} → {string}: other placeholders")
    return found


def check(room: Path) -> list[str]:
    """Return the faults of a room's catalogues, each with its file."""
    return [
        f"{catalogue_path(room, language).relative_to(ROOT)}: {fault}"
        for language in LANGUAGES
        for fault in faults(room, language)
    ]


def main(arguments: list[str]) -> int:
    """Do what the one argument says; return the exit code."""
    if arguments not in (["extract"], ["compile"], ["check"]):
        print("usage: messages.py extract | compile | check", file=sys.stderr)
        return 2
    try:
        for room in rooms():
            if arguments == ["extract"]:
                extract(room)
            elif arguments == ["compile"]:
                compile_room(room)
        found = [fault for room in rooms() for fault in check(room)] if "check" in arguments else []
    except PoFileError as error:
        print(error, file=sys.stderr)
        return 1
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        print("Run `make messages` and translate.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
