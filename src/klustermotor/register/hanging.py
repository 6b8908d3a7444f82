"""What of the register hangs on its organisations and people, for `core.merging`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from klustermotor.core.merging import Hanging, hangs
from klustermotor.register.models import (
    ContactRequest,
    DuplicateProposal,
    Establishment,
    FormerNumber,
    LegalBasis,
    Note,
    NotTheSame,
    Organisation,
    OrganisationIndustry,
    OrganisationName,
    OrganisationTag,
    Person,
    PersonRole,
    ProfileProposal,
    SecrecyMark,
    SourcedValue,
    SourceKey,
    ValueChainPosition,
    YearlyFact,
)


def declare() -> None:
    """Say all of it; called when the register is ready."""
    for order, (model, label) in enumerate(
        (
            (Establishment, _("establishments")),
            (PersonRole, _("roles of people")),
            (Note, _("notes")),
            (YearlyFact, _("figures of years")),
            (OrganisationName, _("other names")),
            (FormerNumber, _("earlier numbers")),
            (OrganisationTag, _("tags")),
            (ValueChainPosition, _("positions in value chains")),
            (ContactRequest, _("requests to be a contact")),
            (ProfileProposal, _("proposed changes")),
        ),
        start=1,
    ):
        hangs(Hanging(model, Organisation, "organisation", label, order=order))
    hangs(
        Hanging(
            OrganisationIndustry,
            Organisation,
            "organisation",
            _("industries"),
            settle=_after_its_own,
            order=11,
        )
    )
    hangs(
        Hanging(
            Organisation, Organisation, "parent", _("subsidiaries"), settle=_not_itself, order=12
        )
    )
    for model in (NotTheSame, DuplicateProposal):
        for side, other in (("left", "right"), ("right", "left")):
            hangs(
                Hanging(
                    model,
                    Organisation,
                    side,
                    _("pairs that were compared"),
                    settle=_pair(other),
                    order=90,
                    hidden=True,
                )
            )
    for order, (model, label) in enumerate(
        ((PersonRole, _("roles")), (LegalBasis, _("legal bases")), (Note, _("notes"))), start=1
    ):
        hangs(Hanging(model, Person, "person", label, order=order))
    for thing in (Organisation, Person):
        named = {"model": thing._meta.model_name}
        for model, label, hidden in (
            (SourcedValue, _("values from sources"), True),
            (SourceKey, _("keys in sources"), True),
        ):
            hangs(Hanging(model, thing, "row", label, where=named, order=95, hidden=hidden))
        hangs(
            Hanging(
                SecrecyMark,
                thing,
                "row",
                _("secrecy marks"),
                where={"model": thing._meta.label_lower},
                order=20,
            )
        )


def _after_its_own(row: Any, survivor: Any) -> Mapping[str, object]:
    """An industry that moves comes after those that the survivor has."""
    last = OrganisationIndustry.objects.filter(organisation=survivor).aggregate(last=Max("rank"))
    return {"rank": (last["last"] or 0) + row.rank}


def _not_itself(row: Any, survivor: Any) -> Mapping[str, object]:
    """A company that would become its own parent has the merged one's parent instead."""
    if row.pk != survivor.pk:
        return {}
    above = row.parent.parent_id
    return {"parent_id": above if above != survivor.pk else None}


def _pair(other: str) -> Any:
    def settle(row: Any, survivor: Any) -> Mapping[str, object] | None:
        """A pair of one and itself says nothing; one that is there the other way round, neither."""
        there = getattr(row, f"{other}_id")
        if there == survivor.pk:
            return None
        turned = type(row).objects.filter(**{other: survivor.pk, _turned(other): there})
        return None if turned.exists() else {}

    return settle


def _turned(side: str) -> str:
    return "left" if side == "right" else "right"
