"""Say what was done, and offer to undo it, on the next page that the user sees."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.functional import Promise

UNDO = "undo:"


def say(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show ``text`` on the next page; ``undo`` is an address that takes a POST."""
    messages.success(request, text, extra_tags=UNDO + undo if undo else "")


def fail(request: HttpRequest, text: str | Promise) -> None:
    """Show on the next page what could not be done, and why."""
    messages.error(request, text)


def undo_url(message: Message) -> str:
    """Return the address that undoes what the message tells of, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
