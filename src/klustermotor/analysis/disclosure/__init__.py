"""Disclosure control: what may leave a survey so that nobody's answer can be read out of it.

The rule, with k = 5 by default and never below 3:

*The whole initiative.* A figure rests on at least k answers to its item; the number of don't
knows never gives away a smaller base. Numerators may be smaller: "1 of 17" stays.

*Subgroups* come from a fixed list of grouping columns. A share is shown when at least k gave the
answer and at least k did not, a mean when at least k answered and not all alike. Then, for each
grouping, groups are hidden until those hidden – respondents without a value among them – are
together as safe as one that is shown, or are the whole. Last, every hidden count, in groups and
where two groupings cross, must have a witness (`witness`): a different set of answers that agrees
with all that is published, for somebody who besides knows every answer of the initiative as a
whole and how many answered in each group. Where one lacks a witness, less is shown: only named
shares, no intervals of means, no means, fewer groupings, nothing. Counts that the whole alone
gives away (nobody in the initiative said yes) are not the groups' secrets. Numbers are shown for
the first grouping only.

*Waves.* Those who stayed, joined or left are groups too: `waves` uses the pairing only where each
is none or at least k, and their own shares only where they are safe as subgroups.

*Gaps* rest on at least k who answered both sides.

*Taking part* is not an answer, so the audit grants that how many were invited, answered and did
not know is known. It is still counted by the same k: of the groups of a column, neither a number of
respondents below k is printed nor one from which such a number follows by subtraction. With
weights, the rule counts respondents; weights of single respondents must not be published beside it.

*Renewal.* While a wave is open, figures come from a snapshot (`releases`).

A suppressed row stays, with empty figures and ``suppressed`` true.
"""

from klustermotor.analysis.disclosure.groups import Shown, shown_in_groups
from klustermotor.analysis.disclosure.protection import (
    LOWEST_MINIMUM,
    minimum_cell,
    protect_changes,
    protect_estimates,
    protect_gaps,
    protect_nonresponse,
)
from klustermotor.analysis.disclosure.releases import (
    Release,
    renewed,
    settled,
    waiting,
)

__all__ = [
    "LOWEST_MINIMUM",
    "Release",
    "Shown",
    "minimum_cell",
    "protect_changes",
    "protect_estimates",
    "protect_gaps",
    "protect_nonresponse",
    "renewed",
    "settled",
    "shown_in_groups",
    "waiting",
]
