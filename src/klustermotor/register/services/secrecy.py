"""Set a secrecy mark on anything that has a key of its own, and take it off again."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model

from klustermotor.core.history import acting
from klustermotor.core.models import User
from klustermotor.register.models import SecrecyMark


def mark_secret(
    thing: Model,
    *,
    legal_ground: str,
    decided_by: str,
    decided_on: date,
    until: date | None = None,
    readers: Iterable[User] = (),
    by: User,
) -> SecrecyMark:
    """Hide a row from those without right; the same legal ground again brings its mark up to date.

    Raises ``ValidationError`` for a mark without ground, decider or day, or that ends before it
    was decided.
    """
    with acting(by, "secrecy.marked"):
        found = SecrecyMark.objects.filter(
            model=thing._meta.label_lower, row=thing.pk, legal_ground=legal_ground
        ).first()
        mark = found or SecrecyMark(
            model=thing._meta.label_lower, row=thing.pk, legal_ground=legal_ground
        )
        mark.decided_by, mark.decided_on, mark.until = decided_by, decided_on, until
        mark.full_clean()
        mark.save()
        mark.readers.set(readers)
    return mark


def lift_mark(mark: SecrecyMark, *, by: User) -> None:
    """Take a mark away; the history keeps who set it and who took it away."""
    with acting(by, "secrecy.lifted"):
        mark.delete()
