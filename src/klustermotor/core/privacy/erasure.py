"""Erase somebody: what goes, what law keeps, and every place that named them.

Erasure is repeatable. Run again it finds nothing more to do, and it may be run again for somebody
whom a restored backup has brought back.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from klustermotor.core.models import Erasure, User
from klustermotor.core.privacy import ledger
from klustermotor.core.privacy.controllers import assuming
from klustermotor.core.privacy.files import files_naming, remove
from klustermotor.core.privacy.planning import (
    earlier_values,
    law_on,
    plan,
    terms_of,
)
from klustermotor.core.privacy.shredders import (
    Action,
    Shredder,
    Subject,
    history_of,
    shredders_of,
)
from klustermotor.core.privacy.sweep import Mention, histories, model_named, sealed_field, sweep
from klustermotor.core.privacy.terms import Term, struck
from klustermotor.core.search import tidy


class ErasureRefusedError(Exception):
    """This person may not be erased; the text says why."""


@dataclass
class Outcome:
    """What an erasure did, as counts by table."""

    erased: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def count(self, label: str, number: int = 1) -> None:
        if number:
            self.erased[label] = self.erased.get(label, 0) + number


_index_cleaners: list[Callable[[str, Any], None]] = []


def cleans_index(cleaner: Callable[[str, Any], None]) -> None:
    """Call `cleaner(model, key)` for a row that has gone or has lost some of its words."""
    if cleaner not in _index_cleaners:
        _index_cleaners.append(cleaner)


def _clean_index(label: str, key: Any) -> None:
    for cleaner in _index_cleaners:
        cleaner(label, key)


def erase(
    subject: Subject,
    *,
    by: User | None,
    left: Iterable[str] = (),
    also: Iterable[str] = (),
    reason: str = "request",
    decision: str = "",
    home: Path | None = None,
    entry: ledger.Entry | None = None,
) -> Erasure:
    """Erase somebody, and strike every mention of them but those `left`.

    `also` names uncertain mentions that somebody has confirmed. `home` is where the files lie.
    `entry` is the line of the log that is applied again. Raises :class:`ErasureRefusedError`, and
    ``NoControllerError`` when nobody answers for the data.
    """
    home = home or settings.HOME
    left, also = set(left), set(also)
    row = subject.row()
    if row is not None and entry is None and (why := subject.kind.refusal(row, by)):
        raise ErasureRefusedError(str(why))
    _overwrite_freed_pages()
    with transaction.atomic():
        # Whom a merge made one with somebody, an older backup holds apart still: each is logged.
        for one in [subject] if entry is not None else subject.together():
            log = _erase_one(one, by, left, also, home=home, entry=entry)
        Erasure.objects.filter(pk=log.pk).update(reason=reason, decision=decision)
    log.reason, log.decision = reason, decision
    if entry is None:
        ledger.write_down(home)
    tidy()
    _empty_journal()
    return log


def _erase_one(
    subject: Subject,
    by: User | None,
    left: set[str],
    also: set[str],
    *,
    home: Path,
    entry: ledger.Entry | None,
) -> Erasure:
    row, terms, outcome = subject.row(), terms_of(subject), Outcome()
    files = list(files_naming(terms, home))
    if row is not None:
        subject.kind.before(row, home)
    _shred(subject, outcome)
    _strike(terms, left, also, outcome)
    log = _logged(subject, by, left=left, also=also, entry=entry)
    # Files go last: if this fails, the words to find them by are still here.
    for file in files:
        place = f"file/{file.path}"
        if place not in left and ((file.sure and not file.unread) or place in also):
            outcome.count("file", remove(file, home))
    if entry is None or not log.erased:
        log.erased = _sum(log.erased, outcome.erased)
    log.kept = outcome.kept
    log.save()
    return log


def _logged(
    subject: Subject,
    by: User | None,
    *,
    left: set[str],
    also: set[str],
    entry: ledger.Entry | None,
) -> Erasure:
    if entry is not None:
        log = Erasure.objects.filter(pk=entry.id).first() or Erasure(pk=entry.id, at=entry.at)
        log.applied_again_at = timezone.now()
    else:
        log = Erasure.objects.filter(
            subject_model=subject.label, subject=str(subject.key)
        ).first() or Erasure(at=timezone.now())
        log.by = by if by is not None and User.objects.filter(pk=by.pk).exists() else None
    log.subject_model, log.subject = subject.label, str(subject.key)
    log.left, log.struck = sorted(left | set(log.left)), sorted(also | set(log.struck))
    log.save()
    return log


def _sum(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {
        label: first.get(label, 0) + second.get(label, 0) for label in sorted({*first, *second})
    }


def _shred(subject: Subject, outcome: Outcome) -> None:
    told = plan(subject)
    kept = [one for one in told.rows if one.action is Action.KEEP]
    for one in kept:
        label = one.shredder.model._meta.label_lower
        outcome.kept[label] = outcome.kept.get(label, 0) + 1
    kept_keys = {(one.shredder.model, one.row.pk) for one in kept}
    # All are found before any goes: a role that has gone leads to no sole trader any more.
    found = []
    for shredder in shredders_of(subject.model):
        if not shredder.is_root:
            staying = [key for model, key in kept_keys if model is shredder.model]
            rows = shredder.rows(subject.key).exclude(pk__in=staying)
            found.append((shredder, list(rows.values_list("pk", flat=True)), staying))
    for shredder, going, staying in found:
        _act_on(shredder, subject.key, going, staying, outcome)
    root = next(one for one in shredders_of(subject.model) if one.is_root)
    _act_on_root(root, subject, told.stays and bool(root.stays), outcome)


def _act_on(
    shredder: Shredder, key: Any, going: list[Any], staying: list[Any], outcome: Outcome
) -> None:
    model, label = shredder.model, shredder.model._meta.label_lower
    earlier = earlier_values(shredder, key, going)
    if earlier is not None and staying:
        earlier = earlier.exclude(**{f"{model._meta.pk.name}__in": staying})
    if shredder.action is Action.KEEP:
        return
    rows = model._base_manager.filter(pk__in=going)
    if shredder.action is Action.DELETE:
        outcome.count(label, rows.count())
        rows.delete()
        if earlier is not None:
            outcome.count(earlier.model._meta.label_lower, earlier.count())
            earlier.delete()
    elif shredder.action is Action.UNLINK:
        outcome.count(label, rows.update(**{shredder.path: None}))
        if earlier is not None:
            earlier.update(**{shredder.path: None})
    else:
        blank = _blanks(model, shredder.emptied or shredder.personal, None)
        outcome.count(label, rows.update(**blank) if blank else 0)
        if earlier is not None and blank:
            earlier.update(**blank)
    for gone in going:
        _clean_index(label, gone)


def _act_on_root(root: Shredder, subject: Subject, stays: bool, outcome: Outcome) -> None:
    model, label = root.model, root.model._meta.label_lower
    history, name = history_of(model), model._meta.pk.name
    earlier = history._base_manager.filter(**{name: subject.key}) if history else None
    row = subject.row()
    if stays or root.action is Action.BLANK:
        blank = _blanks(
            model, [one for one in root.personal if one not in root.stays or not stays], row
        )
        if row is not None:
            fields = blank | dict(subject.kind.closing(row))
            outcome.count(label, model._base_manager.filter(pk=row.pk).update(**fields))
        if earlier is not None:
            columns = {one.name for one in earlier.model._meta.concrete_fields}
            earlier.update(**{name: value for name, value in blank.items() if name in columns})
    else:
        if row is not None:
            row.delete()
            outcome.count(label)
        if earlier is not None:
            outcome.count(earlier.model._meta.label_lower, earlier.count())
            earlier.delete()
    _clean_index(label, subject.key)


def _blanks(model: type[Model], names: Iterable[str], row: Any) -> dict[str, object]:
    """What empties these fields."""
    found: dict[str, object] = {}
    for name in names:
        column = model._meta.get_field(name)
        if column.choices:
            continue  # a code of ours tells nobody's name
        if column.null:
            found[name] = None
        elif isinstance(column, models.EmailField) and column.unique:
            found[name] = f"erased-{row.pk}@erased.invalid" if row is not None else ""
        elif isinstance(column, models.JSONField):
            found[name] = column.get_default()
        elif isinstance(column, models.CharField | models.TextField):
            found[name] = "" if column.blank else _("[erased]")[: column.max_length]
    return found


def _strike(terms: list[Term], left: set[str], also: set[str], outcome: Outcome) -> None:
    earlier = histories()
    for mention in list(sweep(terms)):
        places = {mention.place, _base_place(mention, earlier)}
        if places & left or not (mention.sure or mention.by_machine or places & also):
            continue
        if law_on(mention):
            label = mention.model
            outcome.kept[label] = outcome.kept.get(label, 0) + 1
            continue
        outcome.count(mention.model, _strike_one(mention, terms))


def _base_place(mention: Mention, earlier: dict[type[Model], type[Model]]) -> str:
    """The place in the row of today that an earlier value belongs to."""
    table = model_named(mention.model)
    tracked = earlier.get(table) if table else None
    if table is None or tracked is None:
        return mention.place
    key = (
        table._base_manager.filter(pk=mention.key)
        .values_list(tracked._meta.pk.attname, flat=True)
        .first()
    )
    return f"{tracked._meta.label_lower}/{key}/{mention.field}"


def _strike_one(mention: Mention, terms: list[Term]) -> int:
    model = model_named(mention.model)
    if model is None:
        return 0
    rows = model._base_manager.filter(pk=mention.key)
    value = rows.values_list(mention.field, flat=True).first()
    if value is None:
        return 0
    column = model._meta.get_field(mention.field)
    mark = _("[erased]")
    if sealed := sealed_field(model, mention.field):
        content = sealed.strike(bytes(value), lambda text: struck(text, terms, mark))
        return rows.update(**{mention.field: content})
    fresh = struck(value, terms, mark)
    address = isinstance(column, models.EmailField | models.URLField)
    if isinstance(fresh, str) and (address or (fresh == mark and column.blank)):
        fresh = ""
    for end in ("", f" {mention.key[:8]}", f" {mention.key}"):
        text = (
            f"{fresh[: (column.max_length or len(fresh)) - len(end)]}{end}"
            if isinstance(fresh, str)
            else fresh
        )
        try:
            with transaction.atomic():
                count = rows.update(**{mention.field: text})
        except IntegrityError:
            continue  # two rows that were told apart by the name alone
        _clean_index(mention.model, mention.key)
        return count
    return rows.delete()[0]


def forget_row(row: Model) -> None:
    """Delete a row for good: with its earlier values, and out of the index."""
    model, key = type(row), row.pk
    with transaction.atomic():
        history = history_of(model)
        row.delete()
        if history is not None:
            history._base_manager.filter(**{model._meta.pk.name: key}).delete()
        _clean_index(model._meta.label_lower, key)


def apply_again(entries: Iterable[ledger.Entry], home: Path) -> Iterator[ledger.Entry]:
    """Erase again whom a restored archive has brought back; yield the entries that were needed.

    Every entry is put into the table, so that the log on the page is whole again.
    """
    for entry in entries:
        try:
            subject = Subject.named(entry.model, entry.key)
        except (LookupError, ValueError):
            continue
        if _is_back(subject):
            with assuming("public" if entry.kept else "private"):
                erase(
                    subject,
                    by=None,
                    left=entry.left,
                    also=entry.struck,
                    reason=entry.reason,
                    decision=entry.decision,
                    home=home,
                    entry=entry,
                )
            yield entry
        elif not Erasure.objects.filter(pk=entry.id).exists():
            Erasure.objects.create(
                pk=entry.id,
                subject_model=entry.model,
                subject=entry.key,
                at=entry.at,
                reason=entry.reason,
                decision=entry.decision,
                left=list(entry.left),
                struck=list(entry.struck),
            )


def _is_back(subject: Subject) -> bool:
    """Whether anything of somebody is here, now or in earlier values."""
    if subject.row() is not None:
        return True
    for shredder in shredders_of(subject.model):
        if shredder.action is Action.KEEP:
            continue
        earlier = earlier_values(shredder, subject.key)
        if shredder.rows(subject.key).exists() or (earlier is not None and earlier.exists()):
            return True
    return False


def _overwrite_freed_pages() -> None:
    """SQLite leaves what was deleted in the file until the space is used again, unless told."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _empty_journal() -> None:
    """Move the write-ahead log, which still holds the old pages, into the database."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
