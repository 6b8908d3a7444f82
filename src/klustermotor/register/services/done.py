"""What a write hands back: the row, and the moment by which it is undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Done(Generic[Row]):
    """A row that was written; ``at`` is the moment of the act, as the history has it."""

    row: Row
    at: datetime
