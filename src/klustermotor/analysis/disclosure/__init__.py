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

*Waves.* Those who stayed, joined or left are groups too. Where any joined or left, `waves` uses the
pairing for one share of an item only, and where each of the three is none or safe as a subgroup.

*Gaps* rest on at least k who answered both sides.

*Taking part* is not an answer. How many were invited, answered and did not know may be known; in
a group a number below k is still not printed, nor that of a further stratum by which subtraction
would give it. With weights, the rule counts respondents; weights of single respondents must not be
published beside it.

*Releases.* An open wave is shown as a whole only. What has been shown – of an open wave, or in a
released report – stands still, and further answers count item by item (`releases`): when at least
k new ones were given, not all alike, and old and new figures together leave the groups' counts as
open as the new ones alone. Groups are let out of one state of a wave only, numbers of groups and
pairings only where no other state was shown.

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
