"""Likely duplicates, merges, and where the address of a merged one leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klustermotor.core.models import Job, User
from klustermotor.core.templatetags.design import shown
from klustermotor.formats.linkage_words import REASONS
from klustermotor.register.models import DuplicateProposal, Merge, Organisation, Person
from klustermotor.register.numbers import written
from klustermotor.register.queries.secrecy import visible_to
from klustermotor.register.services.merging import CHOSEN
from klustermotor.register.services.provenance import as_told

FOUND_AT_MOST = 20
WIDTH = 200.0
"""Units across a picture of evidence; the page scales it."""


@dataclass(frozen=True)
class Bar:
    """One step of the waterfall: in words, in bits, and where it lies in the picture."""

    words: str
    bits: float
    start: float
    width: float
    zero: float

    @property
    def against(self) -> bool:
        return self.bits < 0

    @property
    def strength(self) -> str:
        """How strongly it speaks, in words, for those who cannot see the bar."""
        for least, words in (
            (8, _("speaks very strongly for")),
            (3, _("speaks strongly for")),
            (0, _("speaks for")),
            (-3, _("speaks against")),
        ):
            if self.bits >= least:
                return words
        return _("speaks strongly against")


@dataclass(frozen=True)
class Choice:
    """One field of two rows: both values in words, and which is kept unless one chooses."""

    name: str
    label: str
    kept: str
    other: str
    takes_other: bool
    differ: bool


def percent(probability: float) -> int:
    """A probability as people read it; nothing that is weighed is ever wholly certain."""
    return 100 if probability == 1 else min(99, round(100 * probability))


def proposals_for(user: User) -> QuerySet[DuplicateProposal]:
    """The pairs that wait for an answer, both of which this user may see."""
    seen = visible_to(Organisation.objects.all(), user).values("pk")
    return DuplicateProposal.objects.filter(
        state=DuplicateProposal.State.OPEN, left__in=seen, right__in=seen
    ).select_related("left__municipality", "right__municipality")


def proposal_of(proposal: UUID) -> DuplicateProposal:
    """The proposal with this key; Http404 when there is none."""
    rows = DuplicateProposal.objects.select_related("left", "right")
    return get_object_or_404(rows, pk=proposal)


def waterfall(proposal: DuplicateProposal) -> list[Bar]:
    """What speaks for and against a pair, each step where the one before left off."""
    words = REASONS.get((get_language() or "sv")[:2], REASONS["sv"])
    totals = [0.0]
    for _comparison, _level, bits in proposal.bars:
        totals.append(totals[-1] + bits)
    low, high = min(totals), max(totals)
    scale = WIDTH / ((high - low) or 1.0)
    return [
        Bar(
            words=capfirst(words[f"{comparison}.{level}" if level else comparison]),
            bits=bits,
            start=round((min(before, after) - low) * scale, 1),
            width=round(max(abs(bits) * scale, 1.0), 1),
            zero=round(-low * scale, 1),
        )
        for (comparison, level, bits), before, after in zip(
            proposal.bars, totals, totals[1:], strict=False
        )
    ]


def latest_search(user: User) -> Job | None:
    """The user's last search for duplicates."""
    return Job.objects.filter(owner=user, kind="register.duplicates").order_by("-created").first()


def others_like(thing: Organisation | Person, text: str, user: User) -> Sequence[Any]:
    """Organisations, or people, that might be the same: by name, number or e-mail."""
    if isinstance(thing, Organisation):
        digits = "".join(letter for letter in text if letter.isdigit())
        fits = Q(name__icontains=text) | Q(other_names__name__icontains=text)
        if len(digits) >= 6:
            fits |= Q(number__startswith=digits) | Q(former_numbers__number__startswith=digits)
        rows: Any = Organisation.objects.select_related("municipality")
    else:
        fits = Q(name__icontains=text) | Q(email__icontains=text)
        rows = Person.objects.all()
    found = visible_to(rows.filter(fits).exclude(pk=thing.pk), user)
    return list(found.distinct().order_by("name", "pk")[:FOUND_AT_MOST])


def proposed_with(organisation: Organisation, user: User) -> list[tuple[Organisation, float]]:
    """The organisations that the last search found to be like this one."""
    rows = proposals_for(user).filter(Q(left=organisation) | Q(right=organisation))
    return [
        (row.right if row.left_id == organisation.pk else row.left, row.probability)
        for row in rows.order_by("-probability", "pk")[:FOUND_AT_MOST]
    ]


def choices(kept: Any, other: Any) -> list[Choice]:
    """Both values of each field; what only one of them has is proposed."""
    found = []
    for name in CHOSEN[type(kept)]:
        mine, theirs = getattr(kept, name), getattr(other, name)
        if not as_told(mine) and not as_told(theirs):
            continue
        label = str(type(kept)._meta.get_field(name).verbose_name)
        found.append(
            Choice(
                name=name,
                label=capfirst(label),
                kept=_value(kept, name),
                other=_value(other, name),
                takes_other=not as_told(mine),
                differ=as_told(mine) != as_told(theirs),
            )
        )
    return found


def _value(row: Any, name: str) -> str:
    if name == "number":
        return written(row.number, row.country) or "–"
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display and getattr(row, name) else shown(getattr(row, name))


def merge_of(merge: UUID) -> Merge:
    """The merge with this key, with what came of it; Http404 when there is none."""
    record = get_object_or_404(Merge.objects.select_related("by", "undone_by"), pk=merge)
    model = Organisation if record.model == "organisation" else Person
    setattr(record, record.model, get_object_or_404(model, pk=record.survivor))
    return record


def merges() -> QuerySet[Merge]:
    """All merges of organisations, newest first."""
    return Merge.objects.filter(model="organisation").select_related("by")


def leads_to(key: UUID) -> UUID | None:
    """What a merged one is a part of now."""
    record = Merge.objects.filter(merged=key, undone_at=None).only("survivor").first()
    return record.survivor if record else None


def two_of(model: Any, one: UUID, other: UUID, user: User) -> tuple[Any, Any]:
    """Two rows that this user may see; Http404 when one of them is not there."""
    rows = visible_to(model.objects.filter(pk__in=(one, other)), user)
    found = {row.pk: row for row in rows}
    if len(found) != 2:
        raise Http404
    return found[one], found[other]


def moved_in_words(record: Merge) -> list[tuple[str, int, int]]:
    """What a merge moved and set aside, by kind: name, how many moved, how many aside."""
    from django.apps import apps

    hidden = {"sourcedvalue", "sourcekey", "notthesame", "duplicateproposal", "merge"}
    counted: dict[str, list[int]] = {}
    for step in record.steps:
        if step["do"] == "made" or step["model"].split(".")[1] in hidden:
            continue
        name = capfirst(str(apps.get_model(step["model"])._meta.verbose_name_plural))
        counted.setdefault(name, [0, 0])[step["do"] == "aside"] += 1
    return [(name, moved, aside) for name, (moved, aside) in sorted(counted.items())]
