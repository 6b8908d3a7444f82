"""The sections of an initiative's report, one module each, in the order they are read.

To add one: write a module with a function from `Context` to `Section` (None when it has nothing to
say), and put it in `SURVEYED` or `TOLD` where it belongs.
"""

from collections.abc import Callable

from klustermotor.report.contents.context import Context
from klustermotor.report.contents.sections.account import (
    background,
    observations,
    process_leader,
    reflection,
)
from klustermotor.report.contents.sections.appendix import appendix
from klustermotor.report.contents.sections.development import development
from klustermotor.report.contents.sections.method import method
from klustermotor.report.contents.sections.overrides import overrides
from klustermotor.report.contents.sections.participation import participation
from klustermotor.report.contents.sections.results import results
from klustermotor.report.contents.sections.summary import summary
from klustermotor.report.document import Section

Builder = Callable[[Context], Section | None]

SURVEYED: tuple[Builder, ...] = (
    background,
    process_leader,
    participation,
    results,
    development,
    summary,
    method,
    appendix,
)
"""An initiative whose companies were asked."""

TOLD: tuple[Builder, ...] = (background, process_leader, observations, reflection, overrides)
"""An initiative without a survey."""


def sections(context: Context, builders: tuple[Builder, ...]) -> tuple[Section, ...]:
    """The sections that have something to say."""
    return tuple(section for build in builders if (section := build(context)) is not None)
