"""Small pieces of the design system; loaded into every template."""

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect

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
