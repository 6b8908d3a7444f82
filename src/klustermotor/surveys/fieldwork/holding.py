"""Submitting and closing at once: those who submit share the fieldwork, who closes has it alone.

On PostgreSQL by advisory locks that end with the transaction; on SQLite writers queue anyway.
"""

from uuid import UUID

from django.db import connection

from klustermotor.surveys.models import Fieldwork


class NotOpenError(Exception):
    """The fieldwork takes no answers: not yet, or no longer."""


def share(fieldwork: UUID) -> Fieldwork:
    """Hold the fieldwork open until the transaction ends. Raises NotOpenError when it is not."""
    _lock("pg_advisory_xact_lock_shared", fieldwork)
    held = Fieldwork.objects.get(pk=fieldwork)
    if held.state != Fieldwork.State.OPEN:
        raise NotOpenError
    return held


def alone(fieldwork: UUID) -> Fieldwork:
    """Have the fieldwork alone until the transaction ends: every submit before it is committed."""
    _lock("pg_advisory_xact_lock", fieldwork)
    return Fieldwork.objects.get(pk=fieldwork)


def alone_if_free(fieldwork: UUID) -> bool:
    """The same without waiting: false when somebody else is there."""
    return _lock("pg_try_advisory_xact_lock", fieldwork)


def _lock(function: str, fieldwork: UUID) -> bool:
    if connection.vendor == "postgresql":
        number = int.from_bytes(fieldwork.bytes[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [number])
            return cursor.fetchone()[0] is not False
    return True
