"""People with their roles and legal bases."""

from collections.abc import Mapping, Sequence
from typing import Any

from klustermotor.core import bulk
from klustermotor.register.models import ConsentText, LegalBasis, Person, PersonRole
from klustermotor.register.services.loading.entries import Entry, Values
from klustermotor.register.services.loading.subjects.base import (
    Subject,
    Writing,
    plain_id,
    replace_rows,
)


class PersonSubject(Subject):
    """Somebody. Roles and bases are only added; who has unsubscribed stays so."""

    name = "person"
    model = Person
    scalars = {"name": "", "email": "", "phone": "", "language": ""}
    parts = ("role", "basis")
    additive = frozenset({"role", "basis"})
    with_history = (Person, PersonRole, LegalBasis)
    columns = ("id", "name", "email", "phone", "language", "created_at", "changed_at")

    def read_part(self, name: str, ids: Sequence[str], source: str) -> dict[str, Any]:
        """The roles as lists of [organisation's id, title, since, until]; bases alike."""
        found: dict[str, Any] = {}
        if name == "role":
            rows = PersonRole.objects.filter(person__in=ids).order_by("since", "title", "id")
            for key, at, *rest in rows.values_list(
                "person", "organisation", "title", "since", "until"
            ):
                said = [plain_id(at), *("" if v is None else str(v) for v in rest)]
                found.setdefault(plain_id(key), []).append(said)
            return found
        bases = LegalBasis.objects.filter(person__in=ids, withdrawn_on__isnull=True)
        for key, purpose, basis, given in bases.values_list(
            "person", "purpose", "basis", "given_on"
        ):
            found.setdefault(plain_id(key), []).append([purpose, basis, given.isoformat()])
        return found

    def create(self, entries: Sequence[Entry], writing: Writing) -> None:
        moment = bulk.as_stored(writing.at)
        extra = {"created_at": moment, "changed_at": moment}
        bulk.insert(Person, self.columns, [self.row(entry, extra) for entry in entries])
        roles = [(e.thing, role) for e in entries for role in e.values.get("role") or []]
        bases = [(e.thing, basis) for e in entries for basis in e.values.get("basis") or []]
        self._insert_roles(roles, writing)
        self._insert_bases(bases, writing)

    def write_part(
        self, name: str, values: Mapping[str, Any], writing: Writing, refs: Mapping[str, Values]
    ) -> None:
        if name == "role":
            wanted = {
                key: {(r[0], r[1], r[2]): {"until": r[3] or None} for r in all_}
                for key, all_ in values.items()
            }
            missing = replace_rows(
                PersonRole,
                "person",
                wanted,
                lambda r: (
                    plain_id(r.organisation_id),
                    r.title,
                    r.since.isoformat() if r.since else "",
                ),
            )
            self._insert_roles(
                [(thing, [*key, fields["until"] or ""]) for thing, key, fields in missing], writing
            )
            return
        held: dict[str, dict[Any, dict[str, Any]]] = {
            key: {(b[0], b[1]): {} for b in all_} for key, all_ in values.items()
        }
        given = {(key, b[0], b[1]): b[2] for key, all_ in values.items() for b in all_}
        missing = replace_rows(
            LegalBasis,
            "person",
            held,
            lambda row: (row.purpose, row.basis),
            LegalBasis.objects.filter(withdrawn_on__isnull=True),
        )
        self._insert_bases(
            [(thing, [*key, given[(thing, *key)]]) for thing, key, _fields in missing], writing
        )

    def _insert_roles(self, rows: list[tuple[str, list[str]]], writing: Writing) -> None:
        bulk.insert(
            PersonRole,
            ("id", "person_id", "organisation_id", "title", "email", "phone", "since", "until"),
            [
                (writing.next_id(), key, at, title, "", "", since or None, until or None)
                for key, (at, title, since, until) in rows
            ],
        )

    def _insert_bases(self, rows: list[tuple[str, list[str]]], writing: Writing) -> None:
        texts = newest_texts() if any(basis == "consent" for _k, (_p, basis, _g) in rows) else {}
        bulk.insert(
            LegalBasis,
            ("id", "person_id", "purpose", "basis", "text_id", "source_id", "given_on"),
            [
                (
                    writing.next_id(),
                    key,
                    purpose,
                    basis,
                    texts[purpose] if basis == "consent" else None,
                    writing.source,
                    given or writing.today.isoformat(),
                )
                for key, (purpose, basis, given) in rows
            ],
        )


def newest_texts() -> dict[str, str]:
    """Purpose → the newest text of consent."""
    texts = ConsentText.objects.order_by("version").values_list("purpose", "pk")
    return {purpose: key.hex for purpose, key in texts}


__all__ = ["PersonSubject", "Values", "newest_texts"]
