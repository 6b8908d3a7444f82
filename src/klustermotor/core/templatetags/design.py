"""Small pieces of the design system; loaded into every template."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from klustermotor.core.toasts import undo_url

register = template.Library()
register.filter("undo_url", undo_url)


@register.filter
def shape(field: BoundField) -> str:
    """Tell a template which layout a field takes: ``check``, ``group`` or ``line``."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "check" if isinstance(widget, CheckboxInput) else "line"


@register.filter
def bare(field: BoundField) -> BoundField:
    """Return a field without the placeholder in which some packages repeat its label."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def shown(value: object) -> str:
    """Write a value as a list shows it: 12 345,6 in sv and nb, 2026-11-22 14:05, – for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return number(value)
    return str(value)


@register.filter
def number(value: float | Decimal, decimals: int | None = None) -> str:
    """Write a number with the marks of the reader's language; ``decimals`` fixes their count."""
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    if translation.get_language() != "en":
        text = text.replace(",", "\u00a0").replace(".", ",")
    return text.replace("-", "\u2212")
