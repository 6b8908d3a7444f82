"""Results kept by what they were made from: the same answers are never evaluated twice."""

import hashlib
import os
import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

Value = TypeVar("Value")
_AT_HAND = 64
_kept: OrderedDict[str, Any] = OrderedDict()
_lock = Lock()


def key_of(*parts: object) -> str:
    """A name for what was made from these parts; they must print the same when they are."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def kept(kind: str, key: str, make: Callable[[], Value]) -> Value:
    """What `make` gives, made once per key and kept in memory and under the home."""
    path: Path = settings.HOME / "cache" / kind / f"{key}.pickle"
    name = str(path)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    value = _read(path)
    if value is None:
        value = make()
        _write(path, value)
    with _lock:
        _kept[name] = value
        while len(_kept) > _AT_HAND:
            _kept.popitem(last=False)
    return value


def _read(path: Path) -> Any:
    """The kept value; None when there is none, or when another version of the code kept it."""
    try:
        return pickle.loads(path.read_bytes())
    except (OSError, EOFError, AttributeError, ImportError, TypeError, pickle.UnpicklingError):
        return None


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        pickle.dump(value, file)
    Path(name).replace(path)
