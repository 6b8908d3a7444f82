"""The checks that the proofreader runs, on tables and on sentences."""

from collections.abc import Callable, Iterator

from klustermotor.analysis.claims.cells import Fault
from klustermotor.analysis.claims.checks.changes import change_faults
from klustermotor.analysis.claims.checks.comparatives import comparative_faults
from klustermotor.analysis.claims.checks.effects import effect_faults
from klustermotor.analysis.claims.checks.everyone import everyone_faults
from klustermotor.analysis.claims.checks.rankings import ranking_faults
from klustermotor.analysis.claims.checks.response import response_faults
from klustermotor.analysis.claims.checks.sizes import size_faults
from klustermotor.analysis.claims.checks.unlike import unlike_faults
from klustermotor.analysis.claims.checks.values import value_faults
from klustermotor.analysis.claims.checks.verdict import Tables
from klustermotor.analysis.claims.checks.within import within_faults
from klustermotor.analysis.claims.reading.statement import Statement

Check = Callable[[Statement, Tables], Iterator[Fault]]
SENTENCE_CHECKS: tuple[Check, ...] = (
    value_faults,
    everyone_faults,
    response_faults,
    within_faults,
    change_faults,
    size_faults,
    comparative_faults,
    ranking_faults,
    effect_faults,
    unlike_faults,
)
