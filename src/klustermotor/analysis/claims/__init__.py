"""Typed statements bound to computed statistics, and their wording in three languages."""

from klustermotor.analysis.claims.claim import Cell, Claim, Measured, Reference, Target
from klustermotor.analysis.claims.find import find, findings
from klustermotor.analysis.claims.render import render

__all__ = ["Cell", "Claim", "Measured", "Reference", "Target", "find", "findings", "render"]
