"""What fields and tables are called for the people whose data they hold."""

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLAIN: dict[str, str | Promise] = {
    "accepted_at": _("accepted"),
    "at": _("when"),
    "by": _("by whom"),
    "called_on": _("called on"),
    "created": _("created"),
    "created_at": _("created"),
    "decided_at": _("decided"),
    "decided_by": _("by whom"),
    "expires_at": _("holds until"),
    "field": _("field"),
    "file_name": _("name of the file"),
    "finished": _("finished"),
    "handled_by": _("by whom"),
    "invited_at": _("invited"),
    "is_accepted": _("accepted"),
    "is_confirmed": _("confirmed"),
    "key": _("key"),
    "kind": _("kind"),
    "last_used_at": _("last used"),
    "proposed_at": _("proposed"),
    "source": _("source"),
    "title": _("title"),
    "told_at": _("told"),
    "type": _("kind"),
    "user": _("user"),
    "value": _("value"),
    "withdrawn_at": _("withdrawn"),
    "written_at": _("written"),
}
"""For fields that bear no name of their own in the interface."""


def label_of(model: type[Model], name: str) -> str:
    """What a field is called; never its name in the code where we have a word for it."""
    field: Field = model._meta.get_field(name)
    said = field.verbose_name
    if isinstance(said, str) and not isinstance(said, Promise) and name in PLAIN:
        return str(PLAIN[name])
    return str(said)


def name_of(model: type[Model], *, plural: bool = False) -> str:
    """What a table is called; a link between many and many by what it links."""
    if model._meta.auto_created:
        owner: type[Model] = model._meta.auto_created
        link = next(one for one in owner._meta.many_to_many if one.remote_field.through is model)
        return f"{owner._meta.verbose_name}: {link.verbose_name}"
    if model._meta.label_lower == "mfa.authenticator":
        return str(_("second factor of log-in"))
    if model._meta.label_lower == "core.job":
        return str(_("jobs") if plural else _("job"))
    return str(model._meta.verbose_name_plural if plural else model._meta.verbose_name)
