"""What was done, in words, for each action code that the register's history knows."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_labels: dict[str, str | Promise] = {
    "undone": gettext_lazy("took back a change"),
    "organisation.created": gettext_lazy("added the organisation"),
    "organisation.changed": gettext_lazy("changed"),
    "organisation.ended": gettext_lazy("marked as ended"),
    "organisation.reopened": gettext_lazy("marked as going on"),
    "organisation.removed": gettext_lazy("removed"),
    "organisation.merged": gettext_lazy("merged two into one"),
    "organisation.merge_undone": gettext_lazy("made two of them again"),
    "organisation.told_apart": gettext_lazy("found two not to be the same"),
    "organisation.apart_undone": gettext_lazy("took back that two are not the same"),
    "organisation.industries_changed": gettext_lazy("changed the industries"),
    "organisation.tagged": gettext_lazy("added a tag"),
    "organisation.untagged": gettext_lazy("removed a tag"),
    "organisation.placed": gettext_lazy("placed in a value chain"),
    "organisation.displaced": gettext_lazy("took out of a value chain"),
    "organisation.named": gettext_lazy("added another name"),
    "organisation.name_changed": gettext_lazy("changed another name"),
    "organisation.name_removed": gettext_lazy("removed another name"),
    "organisation.numbered": gettext_lazy("added an earlier number"),
    "organisation.number_removed": gettext_lazy("removed an earlier number"),
    "establishment.created": gettext_lazy("added an establishment"),
    "establishment.changed": gettext_lazy("changed an establishment"),
    "establishment.removed": gettext_lazy("removed an establishment"),
    "establishment.employees_recorded": gettext_lazy("entered employees of an establishment"),
    "establishment.employees_removed": gettext_lazy("removed employees of an establishment"),
    "fact.recorded": gettext_lazy("entered a figure"),
    "fact.removed": gettext_lazy("removed a figure"),
    "person.created": gettext_lazy("added a person"),
    "person.changed": gettext_lazy("changed"),
    "person.merged": gettext_lazy("merged two into one"),
    "person.merge_undone": gettext_lazy("made two of them again"),
    "person.removed": gettext_lazy("removed"),
    "person.subscribed": gettext_lazy("took mail up again"),
    "person.unsubscribed": gettext_lazy("stopped mail"),
    "role.given": gettext_lazy("gave a role"),
    "role.changed": gettext_lazy("changed a role"),
    "role.ended": gettext_lazy("ended a role"),
    "role.removed": gettext_lazy("removed a role"),
    "note.written": gettext_lazy("wrote a note"),
    "note.changed": gettext_lazy("changed a note"),
    "note.removed": gettext_lazy("removed a note"),
    "source.taken_over": gettext_lazy("took over what a source tells"),
    "person.subscribed_again": gettext_lazy("took mail up again"),
    "legal_basis.granted": gettext_lazy("noted a legal basis"),
    "legal_basis.withdrawn": gettext_lazy("ended a legal basis"),
    "secrecy.marked": gettext_lazy("set a secrecy mark"),
    "secrecy.lifted": gettext_lazy("lifted a secrecy mark"),
}


def register_action(code: str, label: str | Promise) -> None:
    """Say in words what an action code means: "loaded from a file", "merged two into one"."""
    _labels[code] = label


def label_of(code: str, history_type: str) -> str:
    """The words for a code; one that nobody has named is added, changed or removed."""
    if code in _labels:
        return str(_labels[code])
    return {"+": _("added"), "-": _("removed")}.get(history_type, _("changed"))
