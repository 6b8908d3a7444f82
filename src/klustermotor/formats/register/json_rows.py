"""The objects of a JSON file one by one, however large it is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from klustermotor.formats.csv_tables import encoding_of
from klustermotor.formats.errors import fail
from klustermotor.formats.register.record import Progress

_CHUNK = 1 << 20
_LIST = ("enheter", "underenheter", "features")


def is_json(path: Path) -> bool:
    """Whether a file begins as JSON does."""
    with path.open("rb") as file:
        head = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] in (b"[", b"{")


def objects_of(path: Path, name: str, done: Progress) -> Iterator[dict[str, Any]]:
    """Each object of the file's list: of one that is a list, or of ``enheter`` or ``features``."""
    decoder = json.JSONDecoder()
    size = path.stat().st_size or 1
    read = 0
    encoding = encoding_of(path)
    with path.open(encoding=encoding if encoding != "cp1252" else "utf-8") as file:
        try:
            buffer = _start(file.read(_CHUNK), name)
            read = len(buffer)
            at = 0
            while True:
                while at < len(buffer) and buffer[at] in " \t\r\n,":
                    at += 1
                if at < len(buffer):
                    if buffer[at] == "]":
                        done.share = 1.0
                        return
                    try:
                        value, at = decoder.raw_decode(buffer, at)
                    except json.JSONDecodeError as error:
                        more = file.read(_CHUNK)
                        if not more:
                            raise fail("wrong_json", name, reason=str(error)) from error
                        buffer, at = buffer[at:] + more, 0
                        read += len(more)
                        done.share = min(1.0, read / size)
                        continue
                    if isinstance(value, dict):
                        yield value
                    continue
                more = file.read(_CHUNK)
                if not more:
                    raise fail("wrong_json", name, reason="it ends in the middle")
                buffer, at = more, 0
                read += len(more)
                done.share = min(1.0, read / size)
        except UnicodeDecodeError as error:
            raise fail("unreadable_file", name, reason=f"broken {encoding}") from error


def _start(text: str, name: str) -> str:
    """What follows the bracket that opens the list."""
    plain = text.lstrip("\ufeff \t\r\n")
    if plain.startswith("["):
        return plain[1:]
    for key in _LIST:
        place = plain.find(f'"{key}"')
        bracket = plain.find("[", place) if place >= 0 else -1
        if bracket >= 0:
            return plain[bracket + 1 :]
    raise fail("wrong_json", name, reason="no list of objects")
