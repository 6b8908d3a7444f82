"""Figures in templates as the language of the page writes them."""

from django import template
from django.utils.translation import get_language

from klustermotor.initiatives.models import Translated
from klustermotor.report.language import number
from klustermotor.report.language import percent as as_percent

register = template.Library()


def language() -> str:
    """The language of the page: sv, nb or en."""
    return (get_language() or "sv")[:2]


@register.filter
def figure(value: float | None, decimals: int | None = None) -> str:
    """``12345.6`` as ``12 345,6``; as many decimals as it has (at most two) unless told."""
    if value is None:
        return "–"
    if decimals is None:
        text = f"{float(value):.2f}".rstrip("0")
        decimals = len(text.partition(".")[2])
    return number(float(value), language(), decimals)


@register.filter
def percent(share: float | None) -> str:
    """``0.2903`` as ``29 %``; a dash when it is not known."""
    return "–" if share is None else as_percent(float(share), language())


@register.filter
def said(row: Translated, field: str) -> str:
    """A text of an initiative or a fact in the language of the page, where it is known."""
    return row.said(field)
