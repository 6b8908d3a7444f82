"""Which organisations of two lists, or of one, are the same: numbers first, then names.

>>> linked = link_organisations(left, right)
>>> linked.links   # left_id, right_id, probability, and what speaks for and against
"""

from klustermotor.analysis.linkage.decide import (
    CERTAIN,
    LINKED,
    Agreement,
    agreement,
    best_threshold,
)
from klustermotor.analysis.linkage.engines import Engine, EngineMissingError
from klustermotor.analysis.linkage.link import (
    Linked,
    find_duplicates,
    link_organisations,
)
from klustermotor.analysis.linkage.reasons import Evidence, evidence_of, reasons
from klustermotor.analysis.linkage.records import OPTIONAL, OrganisationsError

__all__ = [
    "CERTAIN",
    "LINKED",
    "OPTIONAL",
    "Agreement",
    "Engine",
    "EngineMissingError",
    "Evidence",
    "Linked",
    "OrganisationsError",
    "agreement",
    "best_threshold",
    "evidence_of",
    "find_duplicates",
    "link_organisations",
    "reasons",
]
