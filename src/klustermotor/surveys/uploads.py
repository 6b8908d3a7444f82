"""An uploaded file for as long as it is read: our readers take files by their path and suffix."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def on_disk(upload: UploadedFile, unnamed: str) -> Iterator[Path]:
    """The upload as a file of its own name, or `unnamed`, in a folder that goes with the block."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(upload.name or unnamed).name
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        yield path
