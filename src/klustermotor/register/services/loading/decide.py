"""Whether what a source tells becomes the value: the one rule of provenance, without a database."""

from typing import Any, Literal

Verdict = Literal["same", "set", "stands", "held"]
NOT_TOLD: Any = object()
"""Stands for what the source told before where it told nothing."""


def decide(
    told: Any,
    before: Any,
    current: Any,
    *,
    by_hand: bool = False,
    told_by_another: bool = False,
    clears: bool = False,
) -> Verdict:
    """What becomes of a value that a source tells now.

    `before` is what it told last (or `NOT_TOLD`), `current` what the register holds; `by_hand`
    says that a person has set that. ``same``: nothing to do. ``set``: the told value replaces the
    current one. ``stands``: the source repeats itself or tells nothing, so whoever changed the
    value since knows better. ``held``: the source tells something new against a person's
    correction, so a person has to choose. An empty value clears only the source's own, and only
    where `clears` says that the source tells all that it knows.
    """
    if told == current:
        return "same"
    own = before is not NOT_TOLD and before == current
    if is_empty(told):
        return "set" if clears and own and not by_hand else "stands"
    if before is not NOT_TOLD and told == before:
        return "stands"
    if by_hand:
        return "held"
    if is_empty(current) or own or told_by_another:
        return "set"
    return "held"


def is_empty(value: Any) -> bool:
    """Whether a value says nothing; nought and false say something."""
    return value is None or value in ("", [], {})
