"""The record of processing (GDPR article 30), built from what the rooms keep and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from klustermotor.core.models import Controller, ProcessingText
from klustermotor.core.privacy.retention import retention_kind, rule_for
from klustermotor.core.privacy.shredders import all_shredders
from klustermotor.core.privacy.words import label_of, name_of
from klustermotor.report.document import Document, Prose, Section, Table, TableColumn

FIELDS = ("purpose", "legal_basis", "recipients", "transfers", "retention", "security")


@dataclass(frozen=True)
class Activity:
    """One thing that is done with people's data, in our words."""

    name: str
    label: str | Promise
    purpose: str | Promise
    legal_basis: str | Promise
    recipients: str | Promise
    retention: tuple[str, ...] = ()
    """Names of the retention kinds that end it."""
    order: int = 100


@dataclass(frozen=True)
class Described:
    """An activity as the record tells it: what stands for each heading, and from whom."""

    activity: Activity
    texts: dict[str, str]
    own: bool
    people: list[str]
    data: list[str]


_activities: dict[str, Activity] = {}


def register_activity(activity: Activity) -> None:
    """Add an activity; the same name again replaces it."""
    _activities[activity.name] = activity


def activities() -> list[Activity]:
    """Every activity, in order."""
    return sorted(_activities.values(), key=lambda activity: (activity.order, activity.name))


def activity_named(name: str) -> Activity:
    """Raises ``LookupError`` for a name that no room has told."""
    return _activities[name]


def described(activity: Activity) -> Described:
    """What the record says of an activity in the language of the page."""
    language = (get_language() or "sv")[:2]
    own = ProcessingText.objects.filter(activity=activity.name, language=language).first()
    texts = _our_texts(activity)
    if own is not None:
        texts |= {name: getattr(own, name) for name in FIELDS if getattr(own, name)}
    shredders = [one for one in all_shredders() if one.activity == activity.name]
    people = {str(one.subject.label) for one in shredders}
    data: dict[str, dict[str, None]] = {}
    for one in shredders:
        words = data.setdefault(name_of(one.model), {})
        words |= {label_of(one.model, name): None for name in one.personal}
    lines = sorted(f"{what}: {', '.join(words)}" for what, words in data.items() if words)
    return Described(activity, texts, own is not None, sorted(people), lines)


def _our_texts(activity: Activity) -> dict[str, str]:
    return {
        "purpose": str(activity.purpose),
        "legal_basis": str(activity.legal_basis),
        "recipients": str(activity.recipients),
        "transfers": _("None. Everything is kept on the controller's own servers."),
        "retention": _retention(activity.retention),
        "security": _(
            "Log-in with a second factor for those who choose it, rights by role, a history of "
            "every change, encrypted transport, backups without keys."
        ),
    }


def _retention(names: Sequence[str]) -> str:
    lines = []
    for name in names:
        kind = retention_kind(name)
        rule = rule_for(kind)
        text = _("%(what)s: %(months)s months") % {"what": kind.label, "months": rule.months}
        if rule.is_decided:
            text += " (" + _("decision %(number)s") % {"number": rule.decision_number} + ")"
        else:
            text += " (" + _("proposed, not decided") + ")"
        lines.append(text)
    return "; ".join(lines) or _("For as long as the purpose lasts.")


def record(language: str) -> Document:
    """The whole record as a document, in the language that is active."""
    from django.utils import timezone

    columns = (TableColumn(_("Heading")), TableColumn(_("What holds")))
    sections = [Section("who", _("Controllers"), (_controllers(),))]
    for activity in activities():
        told = described(activity)
        rows = (
            (pgettext("personal data", "Purpose"), told.texts["purpose"]),
            (_("Legal basis"), told.texts["legal_basis"]),
            (_("Whose data"), ", ".join(told.people)),
            (_("What data"), "; ".join(told.data)),
            (_("Recipients"), told.texts["recipients"]),
            (_("Transfers out of the EU and EEA"), told.texts["transfers"]),
            (_("Time limits for erasure"), told.texts["retention"]),
            (_("Security"), told.texts["security"]),
        )
        table = Table(f"record-{activity.name}", str(activity.label), columns, rows)
        sections.append(Section(activity.name, str(activity.label), (table,)))
    return Document(
        title=_("Record of processing"),
        language=language,
        sections=tuple(sections),
        subtitle=_("GDPR article 30"),
        date=timezone.localdate().isoformat(),
    )


def _controllers() -> Table | Prose:
    rows = tuple(
        (
            one.name,
            str(one.get_kind_display()),
            one.number,
            ", ".join(part for part in (one.email, one.address) if part),
            one.protection_officer,
        )
        for one in Controller.objects.order_by("-is_default", "name")
    )
    if not rows:
        return Prose(_("No controller is named yet."))
    heads = (
        _("Controller"),
        _("Kind"),
        _("Organisation number"),
        _("Contact"),
        _("Data protection officer"),
    )
    return Table("controllers", _("Controllers"), tuple(TableColumn(h) for h in heads), rows)
