"""Writing a folder whole or not at all, also when the writer is killed on the way."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks; what a killed run leaves there stays
    fcntl = None  # type: ignore[assignment]


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder to write into, whose files move to `out` when all went well, and else vanish.

    It is a hidden one beside `out`. Those that killed runs have left for the same `out` are
    removed.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    beside, held = _made(out)
    try:
        beside.chmod(0o755)
        yield beside
        if out.is_dir():
            for path in sorted(beside.iterdir()):
                path.replace(out / path.name)
        else:
            beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if held is not None:
            os.close(held)


def _made(out: Path) -> tuple[Path, int | None]:
    """A new hidden folder, held for as long as this process lives and it is open."""
    while True:
        beside = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
        if fcntl is None:
            return beside, None
        held = _hold(beside)
        if held is not None:
            return beside, held  # else another run took it for a left one before it was held


def _hold(folder: Path) -> int | None:
    """An open, locked handle of a folder; None when another process holds it or it is gone."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def _sweep(out: Path) -> None:
    """Remove the hidden folders for `out` that no living process holds."""
    if fcntl is None:
        return
    for folder in out.parent.glob(f"{escape(_prefix(out))}*"):
        held = _hold(folder) if folder.is_dir() and not folder.is_symlink() else None
        if held is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _prefix(out: Path) -> str:
    """How the hidden folders for `out` begin; so long that no one's own folder is called so."""
    return f".{out.name}.klustermotor-"
