"""Register data from files: look at it, apply exactly that in one transaction, take it back.

    load = stage(kind, path, "companies.xlsx", by=user)   # keeps the file
    look(load, progress)                                  # plans it and fills the preview
    apply(load, progress)                                 # writes the plan
    undo(load, progress)                                  # puts everything back

The plan is a file (`entries.py`); the preview is read off it and applying writes it.
"""

from klustermotor.register.services.loading.duplicates import Likeness, Newcomer, use_finder
from klustermotor.register.services.loading.forgetting import forget_old, forget_thing
from klustermotor.register.services.loading.kinds import KINDS, Kind
from klustermotor.register.services.loading.running import (
    apply,
    choose,
    discard,
    look,
    path_of,
    stage,
    undo,
)

__all__ = [
    "KINDS",
    "Kind",
    "Likeness",
    "Newcomer",
    "apply",
    "choose",
    "discard",
    "forget_old",
    "forget_thing",
    "look",
    "path_of",
    "stage",
    "undo",
    "use_finder",
]
