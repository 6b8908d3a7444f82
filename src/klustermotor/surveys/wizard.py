"""A questionnaire from a file that has none: proposed, shown, corrected by a person, kept."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from klustermotor.formats.proposal import Proposal, propose
from klustermotor.formats.questionnaire import write_questionnaire
from klustermotor.formats.tables import read_table


@dataclass(frozen=True)
class Proposed:
    """What a person is shown: the questionnaire as text, each column's part, and doubts."""

    yaml: str
    roles: Sequence[tuple[str, str]]
    doubts: Sequence[str]


def propose_from(upload: UploadedFile, title: str, language: str) -> Proposed:
    """Read a bare file and propose its questionnaire. Raises InputError for what is no table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(upload.name or "answers.csv").name
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        found: Proposal = propose(read_table(path), title)
    ours = {theirs: name for name, theirs in found.columns.items()}
    roles = [(column, ours.get(column, role)) for column, role in found.roles.items()]
    doubts = [doubt.text(language) for doubt in found.doubts]
    return Proposed(write_questionnaire(found.questionnaire), roles, doubts)
